using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Schemes of soft weights side by side.</summary>
public static class SchemeTable
{
    /// <summary>Fairness: what each scheme promises of demographic parity, and what comes of it.</summary>
    /// <param name="before">Original.</param>
    /// <param name="schemes">The schemes.</param>
    public static Table OfFairness(LoanScores before, IEnumerable<SchemeRow> schemes) => new(
        "Fairness: five schemes, one aim",
        [
            Scheme, new Column("promised", "", 3), new Column("one step", "", 3), new Column("trained again", "", 3), Largest,
            new Column("gap of decisions", "points", 1) { Meaning = "|Share approved in group 1 - in group 0|, test applicants." }, new Column("utility loss", "nats", 1),
            new Column("accuracy", "%", 1), new Column("agrees with merit", "%", 1) { Meaning = "Accuracy against the decisions without prejudice, which no model was told." },
        ],
        [
            new Row([new Cell("Original"), None, None, Cell.Of(before.Task), None, .. Fair(before)]) { Reference = true },
            .. schemes.Select(s => new Row([.. Promises(s), Cell.Of(s.Largest), .. Fair(s.Again)])),
        ])
    { Note = "Demographic parity (0 is fair) and utility loss on validation applicants, the rest on test applicants; what stands right of max |ε| is of the model trained again with weights 1 + ε." };

    /// <summary>Robustness: accuracy past the boundary of Original, and past the boundary of the model itself.</summary>
    /// <param name="before">Original.</param>
    /// <param name="schemes">The schemes.</param>
    public static Table OfRobustness(LoanScores before, IEnumerable<SchemeRow> schemes) => new(
        "Robustness: a shift aimed at Original",
        [
            Scheme, new Column("promised", "nats", 1), new Column("one step", "nats", 1), new Column("trained again", "nats", 1), Largest,
            new Column("accuracy", "%", 1), new Column("shifted", "%", 1) { Meaning = "Test applicants moved past the boundary of Original." },
            new Column("shifted anew", "%", 1) { Meaning = "Test applicants moved past the boundary of this model." },
        ],
        [
            new Row([new Cell("Original"), None, None, Cell.Of(before.Task), None, .. Robust(before)]) { Reference = true },
            .. schemes.Select(s => new Row([.. Promises(s), Cell.Of(s.Largest), .. Robust(s.Again)])),
        ])
    { Note = "Loss of validation applicants moved past the boundary of Original, to be lowered; accuracies on test applicants, of the model trained again. 'Shifted anew' is 100 − accuracy whatever one does." };

    private static Column Scheme => new("") { Words = true };

    private static Column Largest => new("max |ε|") { Meaning = "Above 1 a training weight 1 + ε can be negative." };

    private static Cell None => Cell.Of(double.NaN);

    private static Cell[] Promises(SchemeRow s) => [new Cell(s.Scheme), Cell.Of(s.Predicted), Cell.Of(s.Step.Task), Cell.Of(s.Again.Task)];

    private static Cell[] Fair(LoanScores s) => [Cell.Of(s.DecisionGap), Cell.Of(s.Utility), Cell.Of(s.Accuracy), Cell.Of(s.DeservedAccuracy)];

    private static Cell[] Robust(LoanScores s) => [Cell.Of(s.Accuracy), Cell.Of(s.ShiftedAccuracy), Cell.Of(s.AimedAccuracy)];
}
