namespace FaLW.Tests.Plots;

/// <summary>Figures, tables and sheets about generators, of a trial made by hand.</summary>
public sealed class GeneratorFigures
{
    private static readonly GeneratorTrial Trial = new(
        GeneratorStudy.At(Scale.Smoke) with { Samples = 2 }, 97.5, 0.2, [new(1, 0.6, 0.1), new(3, 0.2, 0.05), new(5, 0.1, 0.02)],
        [Row("Original", 0, 2, 0.3), Row("Retrain", 0, 0, 0), Row("Retrain, another seed", 10_000, 0, 0.25), Row("RL", 0, 0, 0.2), Row("RL", 1, 1, 0.4), Row("RL + LoReUn, T 0.1", 0, 2, 0.3)],
        new Provenance("0.1.0+commit", "1.13.0", "cpu", "a processor", 1, "a system", ".NET 10", "2026-01-01T00:00:00Z", "hash"));

    private static readonly Dictionary<string, string> Shown = new(StringComparer.Ordinal)
    {
        ["table"] = GeneratorTable.Of(Trial).ToText(),
        ["plot"] = GeneratorPlot.Of(Trial).Summary,
        ["losses"] = StepLossPlot.Of(Trial).Summary,
        ["sheet"] = GeneratorSheet.Of(Trial, 3).Summary,
        ["classes"] = GeneratorSheet.Of(Trial, Trial.Original).Summary,
    };

    public static TheoryData<string> Kinds => [.. Shown.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Everything_shown_says_what_was_accepted(string kind) => Snapshot.Match(Shown[kind], kind);

    /// <summary>Of equal steps and images: three means of variance 14/300 between, mean variance within 43e-4.</summary>
    [Fact]
    public void The_share_of_the_step_is_the_variance_between_over_all()
    {
        var (between, within) = ((0.09 + 0.01 + 0.04) / 3, (0.01 + 0.0025 + 0.0004) / 3);
        Assert.Equal(between / (between + within), Trial.ShareOfStep, 1e-9);
    }

    [Fact]
    public void Pictures_are_those_of_the_class_that_was_asked()
    {
        var sheet = GeneratorSheet.Of(Trial, 2);
        Assert.Equal(["Original", "Retrain", "Retrain, another seed", "RL", "RL + LoReUn, T 0.1"], sheet.Rows.Select(row => row.Label));
        Assert.All(sheet.Images!.Pixels, pixel => Assert.Equal(2, pixel));
        Assert.Equal([0, 1, 2, 3], GeneratorSheet.Of(Trial, Trial.Retrain).Images!.Pixels.Distinct().Select(pixel => (int)pixel));
        Assert.Throws<Fault>(() => GeneratorSheet.Of(Trial, 4));
    }

    // Asked for class 3, so many of 2 samples are taken for it; every pixel is the class it was made for.
    private static GeneratorRow Row(string title, int seed, int made, double apart) => new(
        title, seed, [[2, 0, 0, 0], [0, 2, 0, 0], [0, 1, 1, 0], [2 - made, 0, 0, made]], 1 + apart, apart, title.Contains("LoReUn", StringComparison.Ordinal) ? 0.6 : double.NaN,
        seed == 1 ? "" : Convert.ToBase64String([.. Enumerable.Range(0, 4).SelectMany(k => Enumerable.Repeat((byte)k, 2 * 64))]));
}
