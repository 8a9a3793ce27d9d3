namespace FaLW.Tests.Experiments;

/// <summary>One value, one text, one hash.</summary>
public sealed class CanonicalJsonTests
{
    [Fact]
    public void Properties_are_sorted_at_every_depth_and_blanks_are_gone() => Assert.Equal(
        """{"a":{"x":[3,{"p":1,"q":2}],"y":null},"b":0.5}""",
        CanonicalJson.Text(JsonNode.Parse("""{ "b": 0.5, "a": { "y": null, "x": [ 3, { "q": 2, "p": 1 } ] } }""")));

    [Fact]
    public void The_hash_is_the_one_of_the_text() => Assert.Equal(
        // printf '%s' '{"a":1,"b":[true,"x"]}' | sha256sum
        "63e8063d9dc6f0fd5a24b4706818a165fd57c3531b74466cf5dea62bff09b0b6",
        CanonicalJson.Hash(JsonNode.Parse("""{"b":[true,"x"],"a":1}""")));

    [Fact]
    public void Enums_are_words_numbers_are_shortest_and_computed_properties_are_left_out() => Assert.Equal(
        """{"Benchmark":"Digits","Difficulty":0.5,"FirstClasses":0,"Forget":{"Cap":1,"Gamma":0.3333333333333333,"Order":"Seeded","Share":1E-05},"Seed":0,"TrainPerClass":0,"UnseenShare":0.1}""",
        CanonicalJson.Text(CanonicalJson.Node(new DataSpec(Benchmark.Digits, new ForgetRule(1e-5, 1.0 / 3)))));

    [Fact]
    public void Reading_and_writing_again_changes_nothing()
    {
        var text = CanonicalJson.Text(CanonicalJson.Node(Protocol.Cifar100));
        Assert.Equal(text, CanonicalJson.Text(JsonNode.Parse(text)));
    }

    [Fact]
    public void What_a_search_and_a_run_say_of_themselves_is_read_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        void Same<T>(T said) where T : class
        {
            var text = JsonSerializer.Serialize(said, CanonicalJson.Readable);
            File.WriteAllText(folder["file"], text);
            Assert.Equal(text, JsonSerializer.Serialize(CanonicalJson.Load<T>(folder["file"], ""), CanonicalJson.Readable));
        }

        Gen.Select(HostileText.Any, HostileText.Any, Gen.OneOf(Gen.Double, Gen.OneOf(double.NaN, double.NegativeInfinity, -0.0))).Sample(
            odd =>
            {
                Same(new Tuning(odd.Item1, "class", odd.Item2, [1000], [new Pilot(odd.Item2, odd.Item3, odd.Item3, Chosen: true)], SampleResult.Of(Protocol.Cifar100.Method).Provenance));
                Same(new FaLW.Cli.StudyLabel(odd.Item1, odd.Item2, odd.Item1, odd.Item2, IsPilot: false) { Missing = [odd.Item1, odd.Item2] });
            },
            iter: 100, threads: 1);
    }

    [Theory]
    [InlineData("""{"Benchmark":"Digits","Forget":{"Order":1}}""", "$.Forget")]
    [InlineData("""{"Benchmark":"Digits","Forget":{"Share":"much","Gamma":1}}""", "$.Forget.Share")]
    [InlineData("""{"Benchmark":"Digitz","Forget":{"Share":0.1,"Gamma":1}}""", "did you mean Digits?")]
    public void What_is_no_spec_is_a_sentence_with_the_place_or_the_name(string text, string told)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], text);
        var message = Assert.Throws<Fault>(() => CanonicalJson.Load<DataSpec>(folder["file"], "Mend it.")).Message;
        Assert.StartsWith($"{folder["file"]} cannot be read: ", message, StringComparison.Ordinal);
        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.EndsWith(". Mend it.", message, StringComparison.Ordinal);
    }
}
