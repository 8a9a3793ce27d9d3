namespace FaLW.Tests.House;

/// <summary>The top level is fixed; the text files say nothing of the machine they were written on.</summary>
public sealed class Layout
{
    private static readonly string[] TopLevel =
    [
        "notebooks", "lib", "tests", "data", "environment", ".devcontainer", "FaLW.Notebooks.sln", "README.md",
        "Directory.Build.props", "Directory.Packages.props", "global.json", "LICENSE", "CITATION.cff",
    ];

    [Fact]
    public void Nothing_is_added_to_the_top_level()
    {
        var names = Directory.EnumerateFileSystemEntries(Repository.Root).Select(p => Path.GetFileName(p)!).Where(n => !n.StartsWith('.'));
        Assert.Empty(names.Except(TopLevel, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("environment/reproduce.sh")]
    [InlineData("environment/test.sh")]
    public void The_readme_names_the_two_commands(string command) =>
        Assert.Contains($"bash {command}", File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);

    [Fact]
    public void The_continuous_integration_runs_the_tests() =>
        Assert.Contains("environment/test.sh", File.ReadAllText(Path.Combine(Repository.Root, ".ci/run")), StringComparison.Ordinal);

    [Fact]
    public void Relative_links_of_the_documents_lead_somewhere()
    {
        var broken = from file in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
                     where !file.Contains($"{Path.DirectorySeparatorChar}.build{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                     from link in MarkdownLinks.Of(File.ReadAllText(file))
                     where !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, link))
                     select $"{Path.GetRelativePath(Repository.Root, file)}: {link}";
        Assert.Empty(broken);
    }
}
