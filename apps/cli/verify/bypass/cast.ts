/** The values that attempts name: people by login, applications by where they stand, unions, rows. */
export class Cast {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  value(name: string): string {
    const found = this.values.get(name);
    if (found === undefined) throw new Error(`nobody and nothing is called ${name}`);
    return found;
  }

  /** The statement with every `:name` as a literal; `::type` stays. */
  fill(statement: string): string {
    return statement.replace(/(?<!:):([a-z]\w*)/gi, (_, name: string) => `'${this.value(name)}'`);
  }
}
