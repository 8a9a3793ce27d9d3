using System.Text.Json.Nodes;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Studies;

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
}
