using System.Globalization;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What computes here, as a table without names and places of the machine.</summary>
public static class MachineTable
{
    /// <summary>One row per fact.</summary>
    /// <param name="machine">The facts, as every result carries them; the time is left out.</param>
    public static Table Of(Provenance machine)
    {
        (string Name, string Value)[] facts =
        [
            ("device", machine.Device), ("processor", machine.Processor), ("threads of one operation", machine.Threads.ToString(CultureInfo.InvariantCulture)),
            ("libtorch", machine.Libtorch), (".NET", machine.Runtime), ("system", machine.System), ("kit", machine.Kit),
        ];
        return new Table("This machine", [new Column("") { Words = true }, new Column("found") { Words = true }], [.. facts.Select(f => new Row([new Cell(f.Name), new Cell(f.Value.Length > 0 ? f.Value : SpecLeaves.Missing)]))]);
    }
}
