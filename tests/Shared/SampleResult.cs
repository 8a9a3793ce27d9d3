namespace FaLW.Tests.Shared;

/// <summary>A result put together by hand: two classes, three forget samples.</summary>
internal static class SampleResult
{
    public static RunResult Of(Method method, int seed = 0, double validationGap = 1.5) => new(
        Protocol.Cifar100.With(method).WithSeed(seed), "key", new Scores(100, 100, 60, 1), new Scores(61, 100, 60, 40), new Scores(63, 99, 58, 44),
        Rows(100), Rows(61), Rows(63),
        [new SampleRow(7, 0, 0.99, 0.5, 0.4), new SampleRow(8, 0, 0.98, 0.6, 0.9), new SampleRow(9, 1, 1, 0.25, double.Epsilon)],
        [2, 1], new ClassGroups([0], [], [1]),
        [new StageTime("original", 80), new StageTime("retrain", 64), new StageTime("unlearned", 30)],
        new Provenance("0.1.0+commit", "1.13.0", "cpu", "a processor", 2, "a system", ".NET 10", "2026-01-01T00:00:00Z", "hash"),
        new TrainLog([2.5, 1.25], 20, TimeSpan.FromSeconds(29)))
    {
        Attacks = [new MembershipInference(1, 2, 0.9, 0.8, 70, 100, 1e-12)],
        ValidationGap = validationGap,
    };

    /// <summary>The same with Retrain of another seed beside it.</summary>
    public static RunResult WithControl(Method method, int seed = 0)
    {
        var result = Of(method, seed);
        var attack = new MembershipInference(40, 41, 0.5, 0.6, 60, 100, 1e-12);
        double[] other = [0.25, 0.85, 0.125];
        return result with
        {
            Attacks = [result.Attacks![0], attack, attack with { SupportVector = 44 }],
            Samples = result.Samples.Select((row, i) => row with { OtherRetrain = other[i] }).ToValueList(),
            Control = new RetrainControl(
                result.Spec.Seeds.OfControl().Training, new Scores(64, 99, 62, 36), Rows(64), attack with { SupportVector = 36 }, 2.25, new StageTime("retrain", 66) { Provenance = result.Provenance }),
        };
    }

    private static ValueList<ClassRow> Rows(double accuracy) =>
        [new ClassRow(0, 2, accuracy, 0.5, 100, 60, 0.5), new ClassRow(1, 1, accuracy, 0.5, double.NaN, 60, 0.5)];
}
