namespace FaLW.Kernel.Commands;

/// <summary>A command line in parts: words, options with a value, and switches.</summary>
/// <param name="Words">What is no option, in order.</param>
/// <param name="Options">Options and their values, in order; switches have an empty value.</param>
internal sealed record Arguments(IReadOnlyList<string> Words, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    /// <summary>Reads a command line.</summary>
    /// <param name="line">The words as the shell gave them.</param>
    /// <param name="valued">Options that take a value.</param>
    /// <param name="switches">Options that take none.</param>
    /// <exception cref="UsageException">An option is unknown or lacks its value.</exception>
    public static Arguments Read(IReadOnlyList<string> line, string[] valued, string[] switches)
    {
        var (words, options) = (new List<string>(), new List<KeyValuePair<string, string>>());
        for (var i = 0; i < line.Count; i++)
        {
            var (name, inline) = line[i].Split('=', 2) is [var before, var after] && valued.Contains(before) ? (before, after) : (line[i], null);
            if (!name.StartsWith('-') || name.Length == 1) words.Add(name);
            else if (switches.Contains(name)) options.Add(new(name, ""));
            else if (!valued.Contains(name)) throw new UsageException($"'{name}' is not known here. Known: {string.Join(", ", valued.Concat(switches))}.");
            else if (inline is not null) options.Add(new(name, inline));
            else if (++i < line.Count) options.Add(new(name, line[i]));
            else throw new UsageException($"'{name}' needs a value after it.");
        }
        return new Arguments(words, options);
    }

    public bool Has(string name) => Options.Any(option => option.Key == name);

    public string? Value(string name) => Options.LastOrDefault(option => option.Key == name).Value;

    public IEnumerable<string> Values(string name) => Options.Where(option => option.Key == name).Select(option => option.Value);
}
