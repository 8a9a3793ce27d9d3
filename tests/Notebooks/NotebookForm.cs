namespace FaLW.Tests.Notebooks;

/// <summary>What a notebook of this repository may look like: short cells, links that lead somewhere, three or four exercises at its end (their solutions: Solutions).</summary>
public sealed class NotebookForm
{
    private const int LongestCell = 8;
    private const string Playground = "13-playground.ipynb";
    private static readonly string Folder = Path.Combine(Repository.Root, "notebooks");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Cells_are_short_and_define_no_type_but_where_that_is_the_subject(string name)
    {
        foreach (var cell in Cells(name).Where(cell => cell.Kind == "code"))
        {
            var lines = cell.Source.Split('\n');
            // What is loaded and which rooms are named is a list and no thought.
            var own = lines.Count(line => !line.StartsWith("#r", StringComparison.Ordinal) && !line.StartsWith("using ", StringComparison.Ordinal));
            Assert.True(own <= LongestCell, $"{name}, cell {cell.Id}: {own} lines. A cell that wants more is a missing function in lib.");
            if (name != Playground) Assert.DoesNotContain(lines, line => line.StartsWith("class ", StringComparison.Ordinal) || line.StartsWith("record ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_opens_with_its_question_and_ends_with_three_or_four_exercises(string name)
    {
        string[] prose = [.. Cells(name).Where(cell => cell.Kind == "markdown").Select(cell => cell.Source)];
        Assert.All(new[] { "| **Question** |", "| **Answer found** |", "| **In the paper** |", "| **Time** |" }, row => Assert.Contains(row, prose[0], StringComparison.Ordinal));
        Assert.All(new[] { "## What we saw", "## What it does not show", "## Exercises" }, part => Assert.Contains(part, prose[^1], StringComparison.Ordinal));
        var exercises = prose[^1][prose[^1].IndexOf("## Exercises", StringComparison.Ordinal)..].Split('\n');
        string[] numbers = [.. exercises.Where(line => line.Length > 2 && char.IsAsciiDigit(line[0])).Select(line => line[..2])];
        Assert.InRange(numbers.Length, 3, 4);
        Assert.Equal(numbers, Enumerable.Range(1, numbers.Length).Select(number => $"{number}."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_links_lead_somewhere(string name) => Assert.All(
        Cells(name).Where(cell => cell.Kind == "markdown").SelectMany(cell => MarkdownLinks.Of(cell.Source)), link => Assert.True(Path.Exists(Path.Combine(Folder, link)), link));

    [Fact]
    public void The_list_of_notebooks_names_every_one()
    {
        var list = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(Names, row => Assert.Contains($"({row.Data})", list, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Id, string Kind, string Source)> Cells(string name) =>
        from cell in JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!["cells"]!.AsArray()
        select (cell["id"]!.ToString(), cell["cell_type"]!.ToString(), string.Concat(cell["source"]!.AsArray().Select(line => line!.ToString())));
}
