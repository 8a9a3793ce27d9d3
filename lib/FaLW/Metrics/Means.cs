using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>The mean of nothing is NaN, and head, middle and tail stand in one order.</summary>
internal static class Means
{
    public static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();

    /// <summary>Mean over rows of which each counts so often.</summary>
    public static double Weighted<T>(IReadOnlyCollection<T> rows, Func<T, int> count, Func<T, double> number) =>
        rows.Sum(row => count(row) * number(row)) / rows.Sum(count);

    public static ValueList<T> Each<T>(this ClassGroups groups, Func<string, ValueList<int>, T> read) =>
        [read(nameof(groups.Head), groups.Head), read(nameof(groups.Middle), groups.Middle), read(nameof(groups.Tail), groups.Tail)];

    /// <summary>The same of rows, each read where its class is.</summary>
    public static ValueList<T> Each<TRow, T>(this ClassGroups groups, TRow[] rows, Func<TRow, int> label, Func<string, TRow[], T> read) =>
        groups.Each((name, classes) => read(name, [.. rows.Where(row => classes.Contains(label(row)))]));
}
