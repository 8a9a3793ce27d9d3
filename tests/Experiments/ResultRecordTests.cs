using System.IO.Compression;

namespace FaLW.Tests.Experiments;

/// <summary>A record gives back what was written, in the same bytes, and nothing else passes for one.</summary>
public sealed class ResultRecordTests : InFolder
{
    public static TheoryData<string> Titles => ["RL", "FaLW", "SalUn", "FT", "GA"];

    [Theory]
    [MemberData(nameof(Titles))]
    public void It_gives_back_what_was_written(string title)
    {
        var result = Result(title);
        Assert.Equal(result, RecordShelf.Of(home.Path).Read(Written(result), out var damage));
        Assert.Empty(damage);
        var read = ResultJson.FromJson<RunResult>(result.ToJson());
        Assert.Equal((result, result.ToJson(), title), (read, read.ToJson(), read.Title));
    }

    [Fact]
    public void Whatever_it_says_it_is_read_and_written_again_to_the_byte()
    {
        var rl = Result("RL");
        var number = Gen.OneOf(Gen.Double, Gen.OneOf(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue, 0.1f));
        var row = Gen.Select(number, number, Gen.OneOf(number.Select(other => (double?)other), Gen.Const((double?)null)), (p, q, other) => new SampleRow(1, 0, p, q, p) { OtherRetrain = other });
        Gen.Select(HostileText.Any, HostileText.Any, number, row.Array[0, 4]).Sample(
            odd =>
            {
                var result = rl with { Provenance = rl.Provenance with { Processor = odd.Item1 }, Times = [new StageTime(odd.Item2, odd.Item3)], Samples = [.. odd.Item4] };
                var bytes = File.ReadAllBytes(Written(result));
                var read = RecordShelf.Of(home.Path).Read(home[result.Key + RecordShelf.Ending], out var damage);
                Assert.Equal("", damage);
                Assert.Equal(result with { Provenance = result.Provenance with { Processor = HostileText.AsUtf8(odd.Item1) }, Times = [new StageTime(HostileText.AsUtf8(odd.Item2), odd.Item3)] }, read);
                Assert.Equal(bytes, File.ReadAllBytes(Written(read!)));
                Assert.Equal(read, ResultJson.FromJson<RunResult>(read!.ToJson()));
            },
            iter: 100, threads: 1);
    }

    [Fact]
    public void Probabilities_of_a_model_come_back_to_the_bit_and_take_half_the_room()
    {
        var draws = new SeededStream(0, "probabilities");
        double[] fine = [.. Enumerable.Range(0, 3000).Select(_ => draws.Unit())];
        var (exact, single) = (With(fine), With([.. fine.Select(p => (double)(float)p)]));
        var ofExact = new FileInfo(Written(exact)).Length;
        Assert.Equal(exact, RecordShelf.Of(home.Path).Read(Written(exact), out _));
        Assert.Equal(single, RecordShelf.Of(home.Path).Read(Written(single), out _));
        Assert.InRange(new FileInfo(Written(single)).Length, 1, ofExact * 0.6);
    }

    public static TheoryData<string, Action<string>> Spoilt => new()
    {
        { "differs from its checksum", path => Edit(path, seal: false, record => record["Result"]!["Unlearned"]!["ForgetAccuracy"] = 61) },
        { "its name is not its key", path => File.Move(path, Path.Combine(Path.GetDirectoryName(path)!, new string('0', 64) + RecordShelf.Ending)) },
        { "protocol 99, and this kit's is", path => Edit(path, seal: true, record => record["Protocol"] = 99) },
        { "another key in this kit", path => Edit(path, seal: true, record => record["Result"]!["Spec"]!["Seeds"]!["Training"] = 77) },
        { "Result is missing", path => Edit(path, seal: true, record => record["Result"] = 3) },
        { "does not count: it is empty", path => File.WriteAllBytes(path, []) },
        { "does not count: ", path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..10]) },
        { "does not count: ", path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..400]) },
    };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void What_was_edited_renamed_or_cut_is_told(string complaint, Action<string> spoil)
    {
        spoil(Written(Result("FaLW")));
        var path = Assert.Single(Directory.GetFiles(home.Path));
        Assert.Null(RecordShelf.Of(home.Path).Read(path, out var damage));
        Assert.Contains(complaint, damage, StringComparison.Ordinal);
        Assert.Contains("--keep", damage, StringComparison.Ordinal);
    }

    private static RunResult Result(string title)
    {
        var result = SampleResult.Of(Study.Main.Specs(Scale.Paper, 1).Single(spec => spec.Title == title).Method);
        return result with { Key = Stage.Unlearned(result.Spec).Key };
    }

    private static RunResult With(double[] probabilities) =>
        Result("RL") with { Samples = [.. probabilities.Select((p, i) => new SampleRow(i, i % 10, p, p, p))] };

    private string Written(RunResult result)
    {
        var path = home[result.Key + RecordShelf.Ending];
        RecordShelf.Of(home.Path).Write(result, path);
        return path;
    }

    /// <summary>Changes the text of a record, with or without a seal that fits again.</summary>
    internal static void Edit(string path, bool seal, Action<JsonNode> change)
    {
        using var input = new StreamReader(new GZipStream(new MemoryStream(File.ReadAllBytes(path)), CompressionMode.Decompress));
        var record = JsonNode.Parse(input.ReadToEnd())!.AsObject();
        change(record);
        if (seal)
        {
            record.Remove("Seal");
            record["Seal"] = CanonicalJson.Hash(record);
        }

        using var output = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        output.Write(Encoding.UTF8.GetBytes(record.ToJsonString()));
    }
}
