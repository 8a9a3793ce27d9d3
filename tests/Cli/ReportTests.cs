using System.Security.Cryptography;

namespace FaLW.Tests.Cli;

/// <summary>A run leaves a report, and the report can be made again from the results alone.</summary>
[Collection(nameof(UncutRun))]
public sealed class ReportTests(UncutRun uncut)
{
    private string Folder => uncut.Home["state/falw/main-smoke"];

    [Fact]
    public async Task It_can_be_made_again_elsewhere_from_the_results_and_is_the_same_to_the_byte()
    {
        using var copy = Copied();
        var (code, output, error) = await Typed.Run($"report {copy.Path}");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(copy.Path, output, StringComparison.Ordinal);
        Assert.Equal(Hashes(Folder), Hashes(copy.Path));
        Assert.Contains("five methods against Retrain", File.ReadAllText(copy["report.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("figure1", "draws.csv", 0)]
    [InlineData("sweep --known-only", "results.csv", 12)]
    public async Task What_a_run_kept_answers_for_a_view_and_for_a_part_of_another_study_and_the_rest_is_named(string typed, string table, int missing)
    {
        using var other = new TemporaryFolder();
        var (code, _, said) = Falw.Run(uncut.Home, [], ["run", .. typed.Split(' '), "--scale", "smoke", "--device", "cpu", "--out", other.Path]);
        Assert.Equal(0, code);
        Assert.Empty(Smoke.Stages(said, "started"));
        Assert.Equal(missing, said.Count(line => line.StartsWith("Missing: ", StringComparison.Ordinal)));
        Assert.True(File.Exists(other["figures/deviation.png"]) && File.Exists(other[table]));
        var page = File.ReadAllText(other["report.md"]);
        Assert.Equal(missing, page.Split('\n').Count(line => line.StartsWith("- Missing: ", StringComparison.Ordinal)));
        Assert.Equal(0, (await Typed.Run($"report {other.Path}")).Code);
        Assert.Equal(page, File.ReadAllText(other["report.md"]));
    }

    [Fact]
    public void A_disk_that_is_full_leaves_the_report_that_was_there()
    {
        using var home = new TemporaryFolder();
        using var disk = new SmallDisk(Directory.CreateDirectory(home["full"]).FullName, "size=8m");
        Directory.CreateDirectory(Path.Combine(disk.Seen, "runs"));
        foreach (var file in Directory.GetFiles(Folder, "*.json").Concat(Directory.GetFiles(Path.Combine(Folder, "runs"), "001-*"))) File.Copy(file, Path.Combine(disk.Seen, Path.GetRelativePath(Folder, file)));
        int Report() => Falw.Run(home, disk.Behind, "report", home["full"]).Code;
        Assert.Equal(0, Report());
        var before = Hashes(disk.Seen);
        var fill = Path.Combine(disk.Seen, "fill");
        using (var file = File.Create(fill)) Assert.Throws<IOException>(() => file.Write(new byte[8 << 20]));
        Assert.Equal(1, Report());
        File.Delete(fill);
        Assert.Equal(before, Hashes(disk.Seen));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Name":null,"Title":"","Question":"","Choices":"","IsPilot":false}""")]
    [InlineData("""{"Name":"\ud800","Title":"","Question":"","Choices":"","IsPilot":false}""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_study_file_that_is_none_is_named(string text)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["study.json"], text, TestContext.Current.CancellationToken);
        await Typed.Refused($"report {folder.Path}", 1, $"{folder["study.json"]} cannot be read");
    }

    [Fact]
    public void A_view_computes_nothing_where_nothing_is_known()
    {
        using var nothing = new TemporaryFolder();
        var (code, _, said) = Falw.Run(nothing, [], "run", "figure1", "--scale", "smoke", "--device", "cpu", "--no-records", "--out", nothing["report"]);
        Assert.Equal(0, code);
        Assert.Empty(Smoke.Stages(said, "started"));
        Assert.True(File.Exists(nothing["report/draws.csv"]));
    }

    [Fact]
    public void The_stretches_of_a_study_are_the_study_and_what_is_kept_is_not_left_to_compute()
    {
        using var other = new TemporaryFolder();
        string Said(string typed)
        {
            var (code, output, lines) = Falw.Run(uncut.Home, [], ["run", .. typed.Split(' '), "--scale", "smoke", "--device", "cpu", "--out", other.Path]);
            return code == 0 ? output : string.Join('\n', lines);
        }

        Assert.EndsWith("Left to compute: 0 stages, 0 million images in training steps.\n", Said("main --plan"), StringComparison.Ordinal);
        // The third of four requests is that of the main study; the first has two Retrains, four methods, and their scores and that of Original to make.
        Assert.Contains("Left to compute: 0 stages", Said("sweep --plan --part 3/4"), StringComparison.Ordinal);
        Assert.Matches(@"Left to compute: 13 stages, [\d.]+ million images in training steps; at [\d,]+ images a second \(measured just now.*\) \d+ .+\.\n$", Said("sweep --plan --part 1/4"));
        Assert.Contains("two whole numbers like 3/7", Said("sweep --plan --part 5/4"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(other.Path));
        Said("sweep --part 3/4");
        Assert.Equal(4, Directory.GetFiles(other["runs"]).Length);
        var specs = Study.Sweep.Specs(Scale.Smoke, 3);
        Assert.Equal(specs, Enumerable.Range(1, 7).SelectMany(number => new FaLW.Cli.Stretch(number, 7).Of(specs)));
    }

    [Fact]
    public async Task A_folder_without_results_is_a_sentence()
    {
        using var empty = new TemporaryFolder();
        await Typed.Refused($"report {empty.Path}", 1, "There are no results");
    }

    [Fact]
    public async Task The_reproduction_is_a_report_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await Typed.Run($"report --reproduction --scale paper {folder.Path}");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Not run at scale paper", output, StringComparison.Ordinal);
        Assert.All(["report.html", "report.md", "statements.csv", "differences.csv", "numbers.csv", "figures/reproduction.png"], name => Assert.True(File.Exists(folder[name]), name));
        Assert.Equal(1 + Claims.All.Count, File.ReadAllLines(folder["cells.csv"]).Length);
    }

    [Theory]
    [InlineData("report", "--reproduction")]
    [InlineData("report DIR --scale class", "--scale belongs to --reproduction")]
    public Task What_cannot_be_meant_is_a_sentence(string typed, string sentence) => Typed.Refused(typed, 1, sentence);

    [Theory]
    [InlineData("runs/*.run.json", "\"ForgetAccuracy\": [0-9.]+", "\"ForgetAccuracy\": 50", "differs from its checksum")]
    [InlineData("runs/*.run.json", "\"Seal\": \"", "\"seal\": \"", "differs from its checksum")]
    [InlineData("runs/*.run.json", ",[^,]*$", "", "cannot be read")]
    [InlineData("study.json", "\"IsPilot\": false", "\"IsPilot\": true", "differs from its checksum")]
    public async Task A_result_that_was_damaged_or_changed_is_named(string pattern, string old, string changed, string reason)
    {
        using var copy = Copied();
        var file = Directory.GetFiles(copy.Path, pattern).Order(StringComparer.Ordinal).First();
        var text = File.ReadAllText(file);
        Assert.Matches(old, text);
        File.WriteAllText(file, new Regex(old).Replace(text, changed, count: 1));
        await Typed.Refused($"report {copy.Path}", 1, file, reason);
    }

    [Fact]
    public async Task The_same_result_twice_is_no_second_seed()
    {
        using var copy = Copied();
        var file = Directory.GetFiles(copy["runs"]).Order(StringComparer.Ordinal).First();
        File.Copy(file, copy["runs/099-copy.run.json"]);
        await Typed.Refused($"report {copy.Path}", 1, file, "099-copy", "the same result");
    }

    [Fact]
    public async Task A_result_that_is_gone_is_named()
    {
        using var copy = Copied();
        var file = Directory.GetFiles(copy["runs"]).Order(StringComparer.Ordinal).Last();
        File.Delete(file);
        Assert.Equal(0, (await Typed.Run($"report {copy.Path}")).Code);
        Assert.Contains($"- Missing: {Path.GetFileName(file)}, which the run wrote, is not in the folder any more.", File.ReadAllText(copy["report.md"]), StringComparison.Ordinal);
    }

    /// <summary>Not in the folder where somebody happens to be.</summary>
    [Fact]
    public void A_home_that_is_not_there_yet_is_made()
    {
        using var place = new TemporaryFolder();
        var (code, _, said) = Falw.Run(
            uncut.Home, ["env", "-u", "XDG_STATE_HOME", $"HOME={place["home"]}", $"DOTNET_CLI_HOME={place["cli"]}"], "run", "main", "--scale", "smoke", "--device", "cpu", "--known-only");
        Assert.True(code == 0, string.Join('\n', said));
        Assert.True(File.Exists(place["home/.local/state/falw/main-smoke/report.md"]));
    }

    [Theory]
    [InlineData("sweep", "study.json", "the results of study main")]
    [InlineData("main", "report.md", "a report.md that no run wrote")]
    public void What_another_wrote_is_not_replaced(string study, string file, string sentence)
    {
        using var copy = Copied();
        if (file != "study.json") File.Delete(copy["study.json"]);
        File.WriteAllText(copy["report.md"], "precious");
        var (code, _, said) = Again(study, copy);
        Assert.Equal(1, code);
        Assert.Contains(sentence, said[^1], StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(copy["report.md"]));
    }

    /// <summary>Its sentence says that running the study again writes it anew.</summary>
    [Fact]
    public void A_damaged_name_of_a_study_is_written_anew_by_its_run()
    {
        using var copy = Copied();
        File.WriteAllText(copy["study.json"], "{ \"cut");
        Assert.Equal(0, Again("main", copy).Code);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "study.json")), File.ReadAllText(copy["study.json"]));
    }

    [Fact]
    public void A_file_among_the_runs_that_no_run_wrote_stays()
    {
        using var copy = Copied();
        File.WriteAllText(copy["runs/my.run.json"], "precious");
        Assert.Equal(0, Again("main", copy).Code);
        Assert.Equal("precious", File.ReadAllText(copy["runs/my.run.json"]));
    }

    private (int Code, string Output, IReadOnlyList<string> Lines) Again(string study, TemporaryFolder into) =>
        Falw.Run(uncut.Home, [], "run", study, "--scale", "smoke", "--device", "cpu", "--known-only", "--out", into.Path);

    private TemporaryFolder Copied()
    {
        var copy = new TemporaryFolder();
        Directory.CreateDirectory(copy["runs"]);
        foreach (var path in Directory.GetFiles(Path.Combine(Folder, "runs")).Append(Path.Combine(Folder, "study.json"))) File.Copy(path, copy[Path.GetRelativePath(Folder, path)]);
        return copy;
    }

    private static Dictionary<string, string> Hashes(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))), StringComparer.Ordinal);
}
