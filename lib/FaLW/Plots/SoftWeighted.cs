using FaLW.Data;
using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Studies;
using Correlation = MathNet.Numerics.Statistics.Correlation;

namespace FaLW.Plots;

/// <summary>Who is in a table, group by group, and what Original makes of them.</summary>
public static class GroupTable
{
    /// <summary>One row per group of the people trained on.</summary>
    public static Table Of(TabularSplit split) => Table.Of(
        Invariant($"{split.Set.Name}: {split.Train.Count} people to train on, {split.Validation.Count} to validate with, {split.Test.Count} to test"), Enumerable.Range(0, 2),
        [
            new("group", group => split.Set.GroupNames[group]), new("people", group => Of(split.Train, group).Count(), "", 0),
            new(split.Set.Outcome, group => 100 * Of(split.Train, group).Average(label => label ? 1.0 : 0), "%", 1),
            new("the same, test", group => 100 * Of(split.Test, group).Average(label => label ? 1.0 : 0), "%", 1),
        ], note: Invariant($"{split.Set.Columns.Count} features; the column that names the group is none of them."));

    private static IEnumerable<bool> Of(TabularPart part, int group) => part.HostLabels.Zip(part.HostGroups).Where(pair => pair.Second == group).Select(pair => pair.First);
}

/// <summary>Schemes of soft weights side by side.</summary>
public static class SchemeTable
{
    /// <summary>Fairness: what each scheme promises, and what comes of it.</summary>
    /// <param name="task">Demographic parity or equal opportunity.</param>
    /// <param name="before">Original.</param>
    /// <param name="schemes">The schemes.</param>
    public static Table OfFairness(SoftTask task, TableScores before, IEnumerable<SchemeRow> schemes) => Of($"Fairness, {task.Title}: five schemes, one aim", before, schemes, "", 3,
        [
            new("gap of decisions", row => row.Scores.DecisionGap, "points", 1) { Meaning = "|Share of yes in group 1 - in group 0|, test part." },
            new("gap of opportunity", row => row.Scores.OpportunityGap, "points", 1) { Meaning = "The same among those with a yes on record." },
            new("utility loss", row => row.Scores.Utility, "nats", 1), new("accuracy", row => row.Scores.Accuracy, "%", 1),
        ], note: $"{task.Title[..1].ToUpperInvariant()}{task.Title[1..]} (0 is fair) and utility loss on the validation part, the rest on the test part; what stands right of max |ε| is of the model trained again with weights 1 + ε.");

    /// <summary>Robustness: accuracy on people moved against Original, and moved against the model itself.</summary>
    /// <param name="task">A task that moves people.</param>
    /// <param name="before">Original.</param>
    /// <param name="schemes">The schemes.</param>
    public static Table OfRobustness(SoftTask task, TableScores before, IEnumerable<SchemeRow> schemes) => Of($"Robustness: {task.Title}", before, schemes, "nats", 1,
        [
            new("accuracy", row => row.Scores.Accuracy, "%", 1), new("moved", row => row.Scores.MovedAccuracy, "%", 1) { Meaning = "Test part moved against Original." },
            new("moved anew", row => row.Scores.AimedAccuracy, "%", 1) { Meaning = "Test part moved against this model." },
        ], note: "Loss of validation people moved against Original, to be lowered; accuracies on the test part, of the model trained again.");

    // Original first, which no scheme made.
    private static Table Of(string title, TableScores before, IEnumerable<SchemeRow> schemes, string unit, int decimals, IEnumerable<Column<(SchemeRow? Scheme, TableScores Scores)>> after, string note) => Table.Of(
        title, schemes.Select(scheme => (Scheme: (SchemeRow?)scheme, Scores: scheme.Again)).Prepend((null, before)),
        [
            new("", row => row.Scheme?.Scheme ?? "Original"), new("promised", row => row.Scheme?.Predicted ?? double.NaN, unit, decimals), new("one step", row => row.Scheme?.Step.Task ?? double.NaN, unit, decimals),
            new("trained again", row => row.Scores.Task, unit, decimals), new("max |ε|", row => row.Scheme?.Largest ?? double.NaN) { Meaning = "Above 1 a training weight 1 + ε can be negative." }, .. after,
        ],
        row => row.Scheme is null, note);
}

/// <summary>Soft weights under label noise.</summary>
public static class NoiseTable
{
    /// <summary>Means over the seeds, one row per share of noise.</summary>
    /// <param name="rows">Every share on every seed.</param>
    public static Table Of(IReadOnlyList<NoiseRow> rows)
    {
        var shares = rows.GroupBy(row => row.Share).OrderBy(group => group.Key).ToArray();
        static PairedTest Gain(IEnumerable<NoiseRow> group) => PairedTest.Of([.. group.Select(row => row.Soft.Accuracy)], [.. group.Select(row => row.Hard.Accuracy)]);
        var adjusted = Holm.Adjusted([.. shares.Select(group => Gain(group).Student)]);
        return Table.Of("Decisions turned round at random", shares.Zip(adjusted),
            [
                new("turned round", pair => 100 * pair.First.Key, "%", 0), new("found", pair => pair.First.MeanCell(row => row.Found)) { Meaning = "Chance that a person who was turned round is weighted lower than one who was not." },
                new("accuracy", pair => pair.First.MeanCell(row => row.Before.Accuracy), "%", 1), new("hard deletes", pair => pair.First.MeanCell(row => 100 * row.Deleted), "%", 1),
                new("accuracy, hard", pair => pair.First.MeanCell(row => row.Hard.Accuracy), "%", 1), new("accuracy, soft", pair => pair.First.MeanCell(row => row.Soft.Accuracy), "%", 1),
                new("soft − hard", pair => pair.First.MeanCell(row => row.Soft.Accuracy - row.Hard.Accuracy), "points", 1), new("p (Holm)", pair => pair.Second),
            ], note: Invariant($"Accuracy on a clean test part, trained again; means over {shares[0].Count()} seeds with 95 % t-intervals; found: area under the curve of −ε, 0.50 is chance."));
    }
}

/// <summary>Is influence right? What it foretells of leaving one person out against what training again gives.</summary>
public static class InfluenceScatter
{
    /// <summary>One point per person; on the line a prediction is exact.</summary>
    /// <param name="rows">People left out in turn, at least two.</param>
    /// <param name="task">Name of the task loss.</param>
    public static Figure Of(IReadOnlyList<InfluenceRow> rows, string task) => new("Influence against training again without one person",
        [
            Panel(task, "", [.. rows.Select(r => r.TaskPredicted)], [.. rows.Select(r => r.TaskTrue)]),
            Panel("utility loss", "nats", [.. rows.Select(r => r.UtilityPredicted)], [.. rows.Select(r => r.UtilityTrue)]),
        ])
    {
        Subtitle = Invariant($"each of {rows.Count} people left out in turn; measured on the validation part"),
        Note = "On the line a prediction is exact. r: Pearson, ρ: Spearman.",
        Columns = 2,
        Legend = false,
        Height = 500,
    };

    private static Panel Panel(string name, string unit, double[] predicted, double[] found) => new(
        new Axis("change foretold by influence", unit), new Axis("change after training again", unit),
        [Panels.Equal(predicted.Concat(found).Min(), predicted.Concat(found).Max()) with { InLegend = true }, new Points("person left out", predicted, found) { Opacity = 0.45, Paint = Palette.Series[1] }])
    {
        Title = name,
        Annotations = [Panels.Corner(0.03, 0.93, Panels.Signed($"r = {Correlation.Pearson(predicted, found):F3}, ρ = {Correlation.Spearman(predicted, found):F3}"))],
    };
}

/// <summary>What fairness costs, and how much can be taken away: the directions of soft weights from weak to strong.</summary>
public static class TradeOffPlot
{
    private static readonly Marker[] Shapes = [Marker.Square, Marker.Circle, Marker.Diamond];

    /// <summary>Cost against fairness, once as one influence step and once as training again: two panels on one scale, one line per direction, one point per strength.</summary>
    /// <param name="task">The task.</param>
    /// <param name="before">Original.</param>
    /// <param name="rows">Directions at several strengths, weak to strong.</param>
    public static Figure Of(SoftTask task, TableScores before, IReadOnlyList<SchemeRow> rows)
    {
        SchemeRow[] near = [.. rows.Where(row => Math.Abs(row.Again.Task) <= Math.Abs(before.Task))];
        Panel Cost(string title, Func<SchemeRow, TableScores> scores) => Panel(title, near, new Axis($"{task.Title} left"), new Axis("rise of the utility loss", "%"), new ReferenceLine(0, Upright: true),
            (before.Task, 0), row => (scores(row).Task, 100 * (scores(row).Utility / before.Utility - 1)));
        return Panels.Facets("What fairness costs: three directions, followed from weak to strong", [Cost("one influence step", r => r.Step), Cost("training again with weights 1 + ε", r => r.Again)]) with
        {
            Subtitle = "validation part; Original is where the lines meet; better is lower and nearer to 0",
            Note = $"Deleted: people with the smallest influence f on {task.Title}; u is the influence on utility. Soft: up to all of it asked for. What overshoots by more than there was is left out.",
            Legend = true,
            Height = 520,
        };
    }

    /// <summary>Over-unlearning: what is left of the task, of utility and of accuracy as more and more is taken away, after training again.</summary>
    /// <param name="task">The task.</param>
    /// <param name="before">Original.</param>
    /// <param name="rows">Directions at several strengths, weak to strong.</param>
    public static Figure OverUnlearning(SoftTask task, TableScores before, IReadOnlyList<SchemeRow> rows)
    {
        Panel Course(Axis y, ReferenceLine line, Func<TableScores, double> value) =>
            Panel("", rows, new Axis("taken away: mean |ε|, of a deletion the share deleted", "%"), y, line, (0, value(before)), row => (100 * row.Moved, value(row.Again)));
        return new Figure("Over-unlearning: what is left as more is taken away",
            [Course(new Axis($"{task.Title} left"), new ReferenceLine(0), s => s.Task), Course(new Axis("accuracy, test part", "%"), new ReferenceLine(before.Accuracy), s => s.Accuracy)])
        {
            Subtitle = "trained again with weights 1 + ε; Original at the left; dashed: fair, and Original's accuracy",
            Columns = 2,
            Height = 520,
        };
    }

    private static Panel Panel(string title, IReadOnlyList<SchemeRow> rows, Axis x, Axis y, ReferenceLine line, (double X, double Y) before, Func<SchemeRow, (double X, double Y)> place) => new(x, y,
        [
            .. from direction in rows.GroupBy(r => r.Scheme, StringComparer.Ordinal).Index()
               let points = direction.Item.Select(place).Prepend(before).ToArray()
               select new Line(direction.Item.Key, points.Select(p => p.X), points.Select(p => p.Y)) { Marker = Shapes[direction.Index % Shapes.Length] },
        ])
    { Title = title, Annotations = [line] };
}

/// <summary>How much may be asked of soft weights at once: the promise, one influence step, training again and small steps against the share of the task loss asked for.</summary>
public static class FractionPlot
{
    /// <summary>The task loss on top, what it costs below, one column per scheme; the ground is shaded where a training weight would be negative.</summary>
    /// <param name="before">Original.</param>
    /// <param name="schemes">Title and rows of each scheme, shares ascending.</param>
    public static Figure Of(TableScores before, params (string Title, IReadOnlyList<FractionRow> Rows)[] schemes) => new("How much may be asked for at once?",
        [
            .. OnOneScale([.. schemes.Select(s => Panel(s.Title, s.Rows, new Axis("demographic parity left"), r => r.OneGo.Predicted, scores => scores.Task))]),
            .. OnOneScale([.. schemes.Select(s => Panel("", s.Rows, new Axis("rise of the utility loss", "%"), r => Rise(r.OneGo.PredictedUtility, before), scores => Rise(scores.Utility, before)))]),
        ])
    {
        Subtitle = "validation part; shaded: max |ε| above 1, a training weight 1 + ε may be negative",
        Columns = schemes.Length,
        ShareX = true,
        Height = 760,
    };

    /// <summary>The share at which the largest |epsilon| reaches 1; it grows in proportion to the share.</summary>
    internal static double Limit(IReadOnlyList<FractionRow> rows) => rows[^1].Fraction / rows[^1].OneGo.Largest;

    // Rounded: a promise of no rise at all is 0, not what rounding leaves of it.
    private static double Rise(double utility, TableScores before) => Math.Round(100 * (utility / before.Utility - 1), 8) + 0.0;

    private static IEnumerable<Panel> OnOneScale(Panel[] panels)
    {
        double[] values = [.. panels.SelectMany(p => p.Traces.OfType<Line>()).SelectMany(line => line.Y)];
        var (low, high) = (values.Min(), values.Max());
        var room = Math.Max(0.05 * (high - low), 1e-6);
        return panels.Select(p => p with { Y = p.Y with { Low = low - room, High = high + room } });
    }

    private static Panel Panel(string title, IReadOnlyList<FractionRow> rows, Axis y, Func<FractionRow, double> promise, Func<TableScores, double> number)
    {
        Line Course(string name, Func<FractionRow, double> value, Paint paint, Marker shape) => new(name, rows.Select(r => 100 * r.Fraction), rows.Select(value)) { Paint = paint, Marker = shape };
        var limit = Limit(rows);
        return new Panel(
            new Axis("asked for: share of the parity to cancel", "%") { Low = 0, High = 100 }, y,
            [
                Course("one influence step", r => number(r.OneGo.Step), Palette.Series[0], Marker.Circle),
                Course("training again", r => number(r.OneGo.Again), Palette.Series[1], Marker.Square),
                Course("ten small steps", r => number(r.Small), Palette.Series[2], Marker.Triangle),
                Course("promised", promise, Palette.Ink, Marker.None) with { Dash = Dash.Dashed, Width = 1.5 },
            ])
        {
            Title = title,
            Annotations = limit < 1 ? [new ReferenceLine(0) { Solid = true }, new Zone(100 * limit, 100, title.Length > 0 ? "max |ε| > 1" : "")] : [new ReferenceLine(0) { Solid = true }],
        };
    }
}

/// <summary>The same as <see cref="FractionPlot"/> in numbers.</summary>
public static class FractionTable
{
    /// <summary>One row per share.</summary>
    /// <param name="title">The scheme.</param>
    /// <param name="before">Original.</param>
    /// <param name="rows">Shares ascending.</param>
    public static Table Of(string title, TableScores before, IEnumerable<FractionRow> rows)
    {
        double Rise(TableScores scores) => 100 * (scores.Utility / before.Utility - 1);
        return Table.Of(title, rows,
            [
                new("asked", r => 100 * r.Fraction, "%", 0), new("max |ε|", r => r.OneGo.Largest), new("promised", r => r.OneGo.Predicted, "", 3), new("one step", r => r.OneGo.Step.Task, "", 3),
                new("trained again", r => r.OneGo.Again.Task, "", 3), new("small steps", r => r.Small.Task, "", 3),
                new("rise, one step", r => Rise(r.OneGo.Step), "%", 1), new("rise, again", r => Rise(r.OneGo.Again), "%", 1), new("rise, small", r => Rise(r.Small), "%", 1),
            ], note: Invariant($"Demographic parity, {before.Task:F3} before, and rise of the utility loss, {before.Utility:F1} nats before; validation part."));
    }
}

/// <summary>What models make of the plane: the boundary between two classes, the points, and the weight of each point to forget as colour.</summary>
public static class DecisionMap
{
    /// <summary>One panel per model; the colour scale is the same in all.</summary>
    /// <param name="views">At least one model.</param>
    public static Figure Of(params PlaneView[] views)
    {
        var columns = views.Length == 1 ? 1 : 2;
        var weighted = views.Any(view => view.Points.Any(p => p.Weight != 1));
        return Panels.Facets("Two moons: the boundary, and the points to forget", [.. views.Select((view, i) => Panel(view, weighted, bar: i == columns - 1))], columns) with
        {
            Subtitle = "solid: even odds; dotted: nine to one; large marks are to be forgotten (circles class 0, diamonds class 1)",
            Width = columns == 1 ? 700 : 960,
            Height = 160 + (columns == 1 ? 480 : 330) * ((views.Length + columns - 1) / columns),
        };
    }

    private static Panel Panel(PlaneView view, bool weighted, bool bar) => new(
        new Axis("first coordinate") { Low = view.X[0], High = view.X[^1] }, new Axis("second coordinate") { Low = view.Y[0], High = view.Y[^1] },
        [
            Retained(view, 0), Retained(view, 1),
            Edge(view, "nine to one", 0.1, Dash.Dotted), Edge(view, "one to nine", 0.9, Dash.Dotted), Edge(view, "boundary", 0.5, Dash.Solid),
            .. Enumerable.Range(0, 2).SelectMany(k => Forgotten(view, k, weighted, bar)),
        ])
    { Title = view.Title };

    private static Points Retained(PlaneView view, int label)
    {
        var points = view.Points.Where(p => !p.IsForget && p.Class == label).ToArray();
        return new Points(Invariant($"retained, class {label}"), points.Select(p => p.X), points.Select(p => p.Y)) { Radius = 2.5, Marker = label == 0 ? Marker.Circle : Marker.Diamond, Paint = Palette.Muted.Toward(Palette.Paper, 0.5) };
    }

    // Coloured by a number, on a rim: in the middle of the scale they are as pale as the ground.
    private static IEnumerable<Points> Forgotten(PlaneView view, int label, bool weighted, bool bar)
    {
        var (shape, radius) = label == 0 ? (Marker.Circle, 4.5) : (Marker.Diamond, 5.5);
        var points = view.Points.Where(p => p.IsForget && p.Class == label).ToArray();
        var shading = weighted ? new Shading("weight w", [.. points.Select(p => p.Weight)]) { Low = 0, High = 2, Middle = 1, Bar = bar && label == 1 } : null;
        // Quite opaque points get a pale halo, which would part a point from its rim.
        var rim = new Points("", points.Select(p => p.X), points.Select(p => p.Y)) { Radius = radius + 1, Marker = shape, Paint = Palette.Ink, Opacity = 0.99, InLegend = false };
        return [rim, new Points(Invariant($"to forget, class {label}"), rim.X, rim.Y) { Radius = radius, Marker = shape, Opacity = rim.Opacity, Paint = Palette.Paper, Shading = shading }];
    }

    private static Line Edge(PlaneView view, string name, double level, Dash dash)
    {
        var spots = Contour.Of(view.X, view.Y, view.Probability, level);
        return new Line(name, spots.Select(s => s.X), spots.Select(s => s.Y)) { Paint = Palette.Ink, Dash = dash, Width = dash == Dash.Solid ? 2 : 1.25, InLegend = false };
    }
}

/// <summary>The models of the plane in numbers.</summary>
public static class DecisionTable
{
    /// <summary>One row per model.</summary>
    public static Table Of(params PlaneView[] views) => Table.Of("Two moons in numbers", views,
        [
            new("", view => view.Title), new("forget", view => view.ForgetAccuracy, "%", 1), new("retain", view => view.RetainAccuracy, "%", 1), new("test", view => view.TestAccuracy, "%", 1),
            new("p of unseen points", view => view.UnseenProbability) { Meaning = "Mean probability of the true class over unseen points: what the weighting measures with." },
        ], note: "Accuracy on points to forget, to retain and to test; mean probability of the true class on unseen points.");
}
