/** A server in this process that stores objects in memory and supports the part of S3 that dataset files need. */
export function startFakeS3(pageSize = 1000) {
  const objects = new Map<string, Uint8Array>();
  const requests: { method: string; path: string; authorization: string }[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const url = new URL(request.url);
      const path = decodeURIComponent(url.pathname).slice(1);
      const authorization = request.headers.get("authorization") ?? "";
      requests.push({ method: request.method, path, authorization });
      if (!authorization.includes("Credential=AK/")) return failure(403, "AccessDenied");
      if (url.searchParams.has("list-type")) return list(objects, path, url.searchParams, pageSize);
      if (request.method === "PUT") {
        objects.set(path, await request.bytes());
        return new Response("", { headers: { etag: '"1"' } });
      }
      if (request.method === "DELETE") {
        objects.delete(path);
        return new Response(null, { status: 204 });
      }
      const found = objects.get(path);
      if (found === undefined) return failure(404, "NoSuchKey");
      return request.method === "HEAD"
        ? new Response(null, { headers: { "content-length": String(found.length), etag: '"1"' } })
        : new Response(found.slice());
    },
  });
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    objects,
    requests,
    stop: () => server.stop(true),
  };
}

function list(
  objects: ReadonlyMap<string, Uint8Array>,
  path: string,
  query: URLSearchParams,
  size: number,
): Response {
  const bucket = path.replace(/\/$/, "");
  const [prefix, delimiter] = [query.get("prefix") ?? "", query.get("delimiter")];
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(`${bucket}/${prefix}`))
    .map((key) => key.slice(bucket.length + 1))
    .toSorted();
  const parts = keys.map((key) => {
    const end = delimiter === null ? -1 : key.indexOf(delimiter, prefix.length);
    return end < 0
      ? `<Contents><Key>${key}</Key><Size>1</Size></Contents>`
      : `<CommonPrefixes><Prefix>${key.slice(0, end + 1)}</Prefix></CommonPrefixes>`;
  });
  const all = [...new Set(parts)];
  const from = Number(query.get("continuation-token") ?? 0);
  const isMore = from + size < all.length;
  const next = isMore ? `<NextContinuationToken>${from + size}</NextContinuationToken>` : "";
  return xml(
    200,
    `<ListBucketResult><Name>${bucket}</Name><IsTruncated>${isMore}</IsTruncated>${next}${all.slice(from, from + size).join("")}</ListBucketResult>`,
  );
}

function failure(status: number, code: string): Response {
  return xml(status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function xml(status: number, body: string): Response {
  return new Response(`<?xml version="1.0"?>${body}`, {
    status,
    headers: { "content-type": "application/xml" },
  });
}
