namespace FaLW.Tests.Experiments;

/// <summary>A result says what it is, and where a text is none.</summary>
public sealed class RunResultTests
{
    private static readonly Method Plain = new(new RandomLabel(10, 0.013), new UniformWeighting());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"Spec\": 3}")]
    [InlineData("[1, 2")]
    public void Something_else_is_a_sentence(string text) =>
        Assert.Contains("not a result of this kit", Assert.Throws<Fault>(() => ResultJson.FromJson<RunResult>(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"Original\": 0.98", "\"Original\": \"0,98\"", "$.Samples")]
    [InlineData("\"Epochs\": 10", "\"Epochs\": [10]", "$.Epochs of the method")]
    [InlineData("\"ForgetAccuracy\": 63", "\"ForgetAccuracy\": 63, \"ForgetAccuracy\": 63", "$.Unlearned.ForgetAccuracy")]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string place)
    {
        var text = SampleResult.Of(Plain).ToJson();
        var at = text.IndexOf(right, StringComparison.Ordinal);
        var message = Assert.Throws<Fault>(() => ResultJson.FromJson<RunResult>(text[..at] + wrong + text[(at + right.Length)..])).Message;
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
