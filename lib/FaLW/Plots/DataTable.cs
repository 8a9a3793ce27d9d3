using FaLW.Data;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The image sets of this kit: their shape, whether they are here, and whether they are the published ones.</summary>
public static class DataTable
{
    /// <summary>One row per set, procedural ones left out. A set in many files, which would have to be read whole, is not checked.</summary>
    /// <param name="shelf">Where they are looked for.</param>
    public static Table Of(DataShelf shelf) => new(
        "Image sets", [Words("set"), new Column("classes", "", 0), Words("image"), Words("found as"), Words("whole?")],
        [.. Benchmark.All.Where(set => set != Benchmark.Synthetic).Select(set => Of(set, shelf))])
    { Note = "'falw data fetch NAME' gets what is missing, from its official site." };

    private static Row Of(Benchmark set, DataShelf shelf)
    {
        var form = shelf.Find(set)?.Form;
        return new Row(
        [
            new Cell(set.Name), Cell.Of(set.Classes), new Cell(FormattableString.Invariant($"{set.Channels} × {set.Height} × {set.Width}")),
            new Cell(form?.Title ?? "not here"), new Cell(form is null ? "" : Check(set, form, shelf)),
        ]);
    }

    private static string Check(Benchmark set, ImageForm form, DataShelf shelf)
    {
        if (form.Files.Count == 0 && form.Places.Count > 0) return "not checked";
        return shelf.Verify(set, read: false).All(check => check.Holds) ? "yes" : "no: 'falw data verify' says what is wrong";
    }

    private static Column Words(string title) => new(title) { Words = true };
}
