// The arrays and texts that a figure was made with.

export const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

// What scope.py packed: a text, a number, a list, or an array with its shape.
export function unpack(value) {
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(unpack);
  const { floats, integers } = value;
  const flat = floats === undefined ? new Int16Array(bytes(integers).buffer) : new Float64Array(bytes(floats).buffer);
  const fold = (numbers, [first, ...rest]) => {
    const size = numbers.length / first;
    return rest.length ? Array.from({ length: first }, (_, i) => fold(numbers.slice(i * size, (i + 1) * size), rest)) : numbers;
  };
  return value.shape.length ? fold([...flat], value.shape) : flat[0];
}
