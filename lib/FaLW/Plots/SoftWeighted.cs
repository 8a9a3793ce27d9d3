using FaLW.Data;
using FaLW.Figures;
using FaLW.Studies;
using MathNet.Numerics.Statistics;
using static System.FormattableString;

namespace FaLW.Plots;

/// <summary>The loan decisions group by group.</summary>
public static class ApplicantTable
{
    /// <summary>One row per group.</summary>
    /// <param name="applicants">At least one.</param>
    public static Table Of(IEnumerable<LoanApplicant> applicants) => Table.Of("Applicants for a loan (generated)", applicants.GroupBy(a => a.Group).OrderBy(g => g.Key),
        [
            new("group", g => g.Key, "", 0), new("applicants", g => g.Count(), "", 0),
            new("income", g => g.Average(a => a.Income)), new("savings", g => g.Average(a => a.Savings)), new("district", g => g.Average(a => a.District)),
            new("deserved", g => 100.0 * g.Count(a => a.Deserved) / g.Count(), "%", 1), new("approved", g => 100.0 * g.Count(a => a.Approved) / g.Count(), "%", 1),
            new("overruled", g => g.Count(a => a.Overruled), "", 0) { Meaning = "Deserved and yet refused." },
        ]) with
    { Note = "Means in standard deviations within a group. The model sees income, savings and district, and learns what was approved." };
}

/// <summary>Schemes of soft weights side by side.</summary>
public static class SchemeTable
{
    /// <summary>Fairness: what each scheme promises of demographic parity, and what comes of it.</summary>
    /// <param name="before">Original.</param>
    /// <param name="schemes">The schemes.</param>
    public static Table OfFairness(LoanScores before, IEnumerable<SchemeRow> schemes) => Of("Fairness: five schemes, one aim", before, schemes, "", 3,
        [
            new("gap of decisions", row => row.Scores.DecisionGap, "points", 1) { Meaning = "|Share approved in group 1 - in group 0|, test applicants." },
            new("utility loss", row => row.Scores.Utility, "nats", 1), new("accuracy", row => row.Scores.Accuracy, "%", 1),
            new("agrees with merit", row => row.Scores.DeservedAccuracy, "%", 1) { Meaning = "Accuracy against the decisions without prejudice, which no model was told." },
        ]) with
    { Note = "Demographic parity (0 is fair) and utility loss on validation applicants, the rest on test applicants; what stands right of max |ε| is of the model trained again with weights 1 + ε." };

    /// <summary>Robustness: accuracy past the boundary of Original, and past the boundary of the model itself.</summary>
    /// <param name="before">Original.</param>
    /// <param name="schemes">The schemes.</param>
    public static Table OfRobustness(LoanScores before, IEnumerable<SchemeRow> schemes) => Of("Robustness: a shift aimed at Original", before, schemes, "nats", 1,
        [
            new("accuracy", row => row.Scores.Accuracy, "%", 1), new("shifted", row => row.Scores.ShiftedAccuracy, "%", 1) { Meaning = "Test applicants moved past the boundary of Original." },
            new("shifted anew", row => row.Scores.AimedAccuracy, "%", 1) { Meaning = "Test applicants moved past the boundary of this model." },
        ]) with
    { Note = "Loss of validation applicants moved past the boundary of Original, to be lowered; accuracies on test applicants, of the model trained again. 'Shifted anew' is 100 − accuracy whatever one does." };

    // Original first, which no scheme made.
    private static Table Of(string title, LoanScores before, IEnumerable<SchemeRow> schemes, string unit, int decimals, IEnumerable<Column<(SchemeRow? Scheme, LoanScores Scores)>> after) => Table.Of(
        title, schemes.Select(scheme => (Scheme: (SchemeRow?)scheme, Scores: scheme.Again)).Prepend((null, before)),
        [
            new("", row => row.Scheme?.Scheme ?? "Original"), new("promised", row => row.Scheme?.Predicted ?? double.NaN, unit, decimals), new("one step", row => row.Scheme?.Step.Task ?? double.NaN, unit, decimals),
            new("trained again", row => row.Scores.Task, unit, decimals), new("max |ε|", row => row.Scheme?.Largest ?? double.NaN) { Meaning = "Above 1 a training weight 1 + ε can be negative." }, .. after,
        ],
        row => row.Scheme is null);
}

/// <summary>Whom soft weights push out and whom they draw in: every training applicant in the plane of income and district, coloured by epsilon.</summary>
public static class SoftWeightMap
{
    /// <summary>One panel for the approved, one for the refused; circles are group 1, diamonds group 0.</summary>
    /// <param name="title">What was asked for.</param>
    /// <param name="applicants">The applicants, of both decisions and groups.</param>
    public static Figure Of(string title, IReadOnlyList<WeightedApplicant> applicants)
    {
        var largest = applicants.Max(a => Math.Abs(a.Epsilon));
        return Panels.Facets("Who counts less, and who counts more", [Panel("approved", applicants, true, largest), Panel("refused", applicants, false, largest)]) with
        {
            Subtitle = title + "; circles group 1, diamonds group 0",
            Note = "Blue counts less, vermillion counts more; pale marks are left alone.",
            Height = 520,
        };
    }

    private static Panel Panel(string title, IReadOnlyList<WeightedApplicant> applicants, bool approved, double largest)
    {
        var here = applicants.Where(a => a.Applicant.Approved == approved).ToArray();
        IEnumerable<Points> Marks(int group) => here.Where(a => a.Applicant.Group == group).ToArray() is var some ? Panels.Rimmed(
            Invariant($"group {group}"), [.. some.Select(a => a.Applicant.District)], [.. some.Select(a => a.Applicant.Income)], group == 1, (group == 1 ? 4 : 4.5, 0.75, Palette.Muted),
            new Shading("soft weight ε", some.Select(a => a.Epsilon).ToValueList()) { Low = -largest, High = largest, Middle = 0, Bar = !approved && group == 1 }) : [];
        return new Panel(new Axis("district", "standard deviations"), new Axis("income", "standard deviations"), [.. Marks(0), .. Marks(1)]) { Title = Invariant($"{title}: {here.Length} applicants") };
    }
}

/// <summary>Is influence right? What it foretells of leaving one applicant out against what training again gives.</summary>
public static class InfluenceScatter
{
    /// <summary>One point per applicant; on the line a prediction is exact.</summary>
    /// <param name="rows">Applicants left out in turn, at least two.</param>
    /// <param name="task">Name of the task loss.</param>
    public static Figure Of(IReadOnlyList<InfluenceRow> rows, string task) => new("Influence against training again without one applicant",
        [
            Panel(task, "", [.. rows.Select(r => r.TaskPredicted)], [.. rows.Select(r => r.TaskTrue)]),
            Panel("utility loss", "nats", [.. rows.Select(r => r.UtilityPredicted)], [.. rows.Select(r => r.UtilityTrue)]),
        ])
    {
        Subtitle = Invariant($"each of {rows.Count} training applicants left out in turn; measured on validation applicants"),
        Note = "On the line a prediction is exact. r: Pearson, ρ: Spearman.",
        Columns = 2,
        Legend = false,
        Height = 500,
    };

    private static Panel Panel(string name, string unit, double[] predicted, double[] found) => new(
        new Axis("change foretold by influence", unit), new Axis("change after training again", unit),
        [Panels.Equal(predicted.Concat(found).Min(), predicted.Concat(found).Max()) with { InLegend = true }, new Points("applicant left out", predicted, found) { Opacity = 0.45, Paint = Palette.Series[1] }])
    {
        Title = name,
        Annotations = [Panels.Corner(0.03, 0.93, Panels.Signed($"r = {Correlation.Pearson(predicted, found):F3}, ρ = {Correlation.Spearman(predicted, found):F3}"))],
    };
}

/// <summary>What fairness costs: the directions of soft weights from weak to strong, once as one influence step and once as training again.</summary>
public static class TradeOffPlot
{
    private static readonly Marker[] Shapes = [Marker.Square, Marker.Circle, Marker.Diamond];

    /// <summary>Two panels on one scale, one line per direction, one point per strength.</summary>
    /// <param name="before">Original.</param>
    /// <param name="rows">Directions at several strengths, weak to strong.</param>
    public static Figure Of(LoanScores before, IReadOnlyList<SchemeRow> rows) =>
        Panels.Facets("What fairness costs: three directions, followed from weak to strong", [Panel("one influence step", before, rows, r => r.Step), Panel("training again with weights 1 + ε", before, rows, r => r.Again)]) with
        {
            Subtitle = "validation applicants; Original is where the lines meet; better is lower and nearer to 0",
            Note = "Deleted: the 2.5 to 20 % applicants with the smallest influence f on fairness; u is the influence on utility. Soft: 5 to 100 % of the parity asked for.",
            Legend = true,
            Height = 520,
        };

    private static Panel Panel(string title, LoanScores before, IReadOnlyList<SchemeRow> rows, Func<SchemeRow, LoanScores> scores) => new(
        new Axis("demographic parity left"), new Axis("rise of the utility loss", "%"),
        [
            .. from direction in rows.GroupBy(r => r.Scheme, StringComparer.Ordinal).Index()
               let points = direction.Item.Select(scores).Prepend(before).ToArray()
               select new Line(direction.Item.Key, points.Select(p => p.Task), points.Select(p => 100 * (p.Utility / before.Utility - 1))) { Marker = Shapes[direction.Index % Shapes.Length] },
        ])
    { Title = title, Annotations = [new ReferenceLine(0, Upright: true)] };
}

/// <summary>How much may be asked of soft weights at once: the promise, one influence step, training again and small steps against the share of the task loss asked for.</summary>
public static class FractionPlot
{
    /// <summary>The task loss on top, what it costs below, one column per scheme; the ground is shaded where a training weight would be negative.</summary>
    /// <param name="before">Original.</param>
    /// <param name="schemes">Title and rows of each scheme, shares ascending.</param>
    public static Figure Of(LoanScores before, params (string Title, IReadOnlyList<FractionRow> Rows)[] schemes) => new("How much may be asked for at once?",
        [
            .. OnOneScale([.. schemes.Select(s => Panel(s.Title, s.Rows, new Axis("demographic parity left"), r => r.OneGo.Predicted, scores => scores.Task))]),
            .. OnOneScale([.. schemes.Select(s => Panel("", s.Rows, new Axis("rise of the utility loss", "%"), r => Rise(r.OneGo.PredictedUtility, before), scores => Rise(scores.Utility, before)))]),
        ])
    {
        Subtitle = "validation applicants; shaded: max |ε| above 1, a training weight 1 + ε may be negative",
        Columns = schemes.Length,
        ShareX = true,
        Height = 760,
    };

    /// <summary>The share at which the largest |epsilon| reaches 1; it grows in proportion to the share.</summary>
    internal static double Limit(IReadOnlyList<FractionRow> rows) => rows[^1].Fraction / rows[^1].OneGo.Largest;

    // Rounded: a promise of no rise at all is 0, not what rounding leaves of it.
    private static double Rise(double utility, LoanScores before) => Math.Round(100 * (utility / before.Utility - 1), 8) + 0.0;

    private static IEnumerable<Panel> OnOneScale(Panel[] panels)
    {
        double[] values = [.. panels.SelectMany(p => p.Traces.OfType<Line>()).SelectMany(line => line.Y)];
        var (low, high) = (values.Min(), values.Max());
        var room = Math.Max(0.05 * (high - low), 1e-6);
        return panels.Select(p => p with { Y = p.Y with { Low = low - room, High = high + room } });
    }

    private static Panel Panel(string title, IReadOnlyList<FractionRow> rows, Axis y, Func<FractionRow, double> promise, Func<LoanScores, double> number)
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
    public static Table Of(string title, LoanScores before, IEnumerable<FractionRow> rows)
    {
        double Rise(LoanScores scores) => 100 * (scores.Utility / before.Utility - 1);
        return Table.Of(title, rows,
            [
                new("asked", r => 100 * r.Fraction, "%", 0), new("max |ε|", r => r.OneGo.Largest), new("promised", r => r.OneGo.Predicted, "", 3), new("one step", r => r.OneGo.Step.Task, "", 3),
                new("trained again", r => r.OneGo.Again.Task, "", 3), new("small steps", r => r.Small.Task, "", 3),
                new("rise, one step", r => Rise(r.OneGo.Step), "%", 1), new("rise, again", r => Rise(r.OneGo.Again), "%", 1), new("rise, small", r => Rise(r.Small), "%", 1),
            ]) with
        { Note = Invariant($"Demographic parity, {before.Task:F3} before, and rise of the utility loss, {before.Utility:F1} nats before; validation applicants.") };
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

    private static IEnumerable<Points> Forgotten(PlaneView view, int label, bool weighted, bool bar)
    {
        var points = view.Points.Where(p => p.IsForget && p.Class == label).ToArray();
        var shading = weighted ? new Shading("weight w", [.. points.Select(p => p.Weight)]) { Low = 0, High = 2, Middle = 1, Bar = bar && label == 1 } : null;
        return Panels.Rimmed(Invariant($"to forget, class {label}"), [.. points.Select(p => p.X)], [.. points.Select(p => p.Y)], label == 0, (label == 0 ? 4.5 : 5.5, 1, Palette.Ink), shading);
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
    /// <param name="views">The models.</param>
    public static Table Of(params PlaneView[] views) => Table.Of("Two moons in numbers", views,
        [
            new("", view => view.Title), new("forget", view => view.ForgetAccuracy, "%", 1), new("retain", view => view.RetainAccuracy, "%", 1), new("test", view => view.TestAccuracy, "%", 1),
            new("p of unseen points", view => view.UnseenProbability) { Meaning = "Mean probability of the true class over unseen points: what the weighting measures with." },
        ]) with
    { Note = "Accuracy on points to forget, to retain and to test; mean probability of the true class on unseen points." };
}
