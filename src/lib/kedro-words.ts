/*
 * The plain scalars that Kedro's loader does not read as text: PyYAML's resolvers, with OmegaConf's for floats. Every
 * other word is text, also where YAML 1.1 itself has another type: `y`, `09:30`, `.5e3`.
 *
 * Source: PyYAML, yaml/resolver.py; OmegaConf, _utils.py (get_yaml_loader).
 */
const INTEGER =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+)$/;
const FLOAT =
  /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?|[-+]?\d+(?:_\d+)*[eE][-+]?\d+|\.\d+(?:_\d+)*(?:[eE][-+]\d+)?|[-+]?\d+(?:_\d+)*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;

/**
 * Returns the value of a plain scalar in Kedro's loader.
 * @param source as written.
 * @param value11 the value in YAML 1.1, which Kedro's is for most words.
 */
export function kedroValue(source: string, value11: unknown): unknown {
  if (FLOAT.test(source)) {
    const isInYaml11 = typeof value11 === "number" || typeof value11 === "bigint";
    return isInYaml11 ? value11 : Number(source.replaceAll("_", ""));
  }
  return INTEGER.test(source) || BOOLEAN.test(source) || NULL.test(source) ? value11 : source;
}
