namespace FaLW.Tests.Metrics;

internal static class Predicted
{
    public static Prediction Of(float[] probability, int[]? labels = null, int[]? predicted = null)
    {
        labels ??= new int[probability.Length];
        return new Prediction(probability, [.. probability.Select(p => -MathF.Log(p))], predicted ?? labels, labels, [.. Enumerable.Range(0, probability.Length)]);
    }

    public static float[] Uniform(Random draw, int count, double from = 0, double to = 1) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(from + (to - from) * draw.NextDouble()))];
}
