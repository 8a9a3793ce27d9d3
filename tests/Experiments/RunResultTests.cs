namespace FaLW.Tests.Experiments;

/// <summary>A result is plain: it survives JSON, and says what it is.</summary>
public sealed class RunResultTests
{
    private static readonly Method Plain = new(new RandomLabel(10, 0.013), new UniformWeighting());

    public static TheoryData<string> Titles => ["RL", "FaLW", "SalUn", "FT", "GA"];

    [Theory]
    [MemberData(nameof(Titles))]
    public void It_survives_JSON(string title)
    {
        var method = Study.Main.Specs(Scale.Paper, 1).Single(spec => spec.Title == title).Method;
        var result = SampleResult.Of(method);
        var read = RunResult.FromJson(result.ToJson());
        Assert.Equal(result, read);
        Assert.Equal(result.ToJson(), read.ToJson());
        Assert.Equal(title, read.Title);
    }

    [Fact]
    public void Average_Gap_is_the_mean_of_four_distances() => Assert.Equal((2 + 1 + 2 + 4) / 4.0, SampleResult.Of(Plain).AverageGap);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"Spec\": 3}")]
    [InlineData("[1, 2")]
    public void Something_else_is_a_sentence(string text) =>
        Assert.Contains("not a result of this kit", Assert.Throws<Fault>(() => RunResult.FromJson(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"Original\": 0.98", "\"Original\": \"0,98\"", "$.Samples")]
    [InlineData("\"Epochs\": 10", "\"Epochs\": [10]", "$.Epochs of the method")]
    [InlineData("\"ForgetAccuracy\": 63", "\"ForgetAccuracy\": 63, \"ForgetAccuracy\": 63", "$.Unlearned.ForgetAccuracy")]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string place)
    {
        var text = SampleResult.Of(Plain).ToJson();
        var at = text.IndexOf(right, StringComparison.Ordinal);
        var message = Assert.Throws<Fault>(() => RunResult.FromJson(text[..at] + wrong + text[(at + right.Length)..])).Message;
        Assert.Contains(place, message, StringComparison.Ordinal);
        if (!place.EndsWith("method", StringComparison.Ordinal)) Assert.Contains($"line {text[..at].Count(c => c == '\n') + 1}, byte ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_labels_are_called_FaLW_with_its_weighting_and_RL_without()
    {
        Assert.Equal("RL", Plain.Title);
        Assert.Equal("FaLW", (Plain with { Weighting = new ForgettingAwareWeighting() }).Title);
        Assert.Equal("SalUn + Forgetting-aware", new Method(new SaliencyMask(new RandomLabel(10, 0.013)), new ForgettingAwareWeighting()).Title);
    }
}
