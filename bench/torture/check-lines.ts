/** What is wrong with what programs printed: lines that are no JSON, or have a secret; none of them is told whole. */
export function checkLines(lines: readonly string[], secrets: readonly string[]): string[] {
  return lines.flatMap((line, index) => {
    const about = `line ${index + 1}`;
    const isSecret = secrets.some((secret) => line.includes(secret));
    if (isSecret) return [`${about} has a secret`];
    return isJson(line) ? [] : [`${about} is no JSON: ${line.slice(0, 200)}`];
  });
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
