namespace FaLW.Tests.House;

/// <summary>The checkout the tests were built from, and the source files in it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Stored numbers under tests.</summary>
    public static T Stored<T>(params string[] path) => JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine([Root, "tests", .. path])))!;

    public static IEnumerable<SourceFile> Sources(params string[] folders) =>
        from folder in folders
        let path = Path.Combine(Root, folder)
        where Directory.Exists(path)
        from file in Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
        orderby file
        select new SourceFile(Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllLines(file));

    private static string FindRoot(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "FaLW.Notebooks.sln")))
                return at.FullName;
        throw new InvalidOperationException($"No FaLW.Notebooks.sln above {folder}: run the tests from a checkout.");
    }
}

/// <summary>One C# file: path relative to the root with forward slashes, and its lines.</summary>
internal sealed record SourceFile(string Path, string[] Lines);
