namespace FaLW.Tests.Shared;

/// <summary>Results put together by hand: three classes, head, middle and tail, with the distances to Retrain that a test asks for.</summary>
internal static class MadeUp
{
    /// <summary>A result of a spec.</summary>
    /// <param name="spec">As it would run.</param>
    /// <param name="gap">Average Gap, in points.</param>
    /// <param name="groups">Delta FA of head, middle and tail.</param>
    /// <param name="controlGap">Average Gap to the Retrain of another seed; null for a result without one.</param>
    public static RunResult Result(ExperimentSpec spec, double gap, (double Head, double Middle, double Tail) groups = default, double? controlGap = null)
    {
        var retrain = new Scores(50, 50, 50, 50);
        var result = new RunResult(
            spec, Stage.Unlearned(spec).Key, new Scores(100, 100, 60, 1), retrain, new Scores(50 + 4 * gap, 50, 50, 50),
            Rows(100, 100, 100), Rows(50, 50, 50), Rows(50 + groups.Head, 50 + groups.Middle, 50 + groups.Tail),
            [new SampleRow(0, 0, 1, 0.5, 0.4), new SampleRow(1, 1, 1, 0.5, 0.4), new SampleRow(2, 2, 1, 0.5, 0.4)],
            [8, 4, 2], new ClassGroups([0], [1], [2]), [new StageTime("unlearned", 1)],
            new Provenance("0.1.0+commit", "2.10.0", "cpu", "a processor", 1, "a system", ".NET 10", "2026-01-01T00:00:00Z", "hash"), new TrainLog([], 0, TimeSpan.Zero));
        return controlGap is not { } other ? result : result with
        {
            Control = new RetrainControl(
                spec.Seeds.OfControl().Training, retrain with { ForgetAccuracy = 50 + 4 * (gap - other) }, Rows(50, 50, 50),
                new MembershipInference(50, 50, 0.5, 0.5, 50, 100, 0), 1, new StageTime("retrain", 1)),
        };
    }

    private static ValueList<ClassRow> Rows(params double[] accuracy) => [.. accuracy.Select((a, k) => new ClassRow(k, 8 >> k, a, 0.5, 100, 60, 0.5))];
}
