using System.Text.Json.Nodes;
using FaLW.Kernel.Notebooks;
using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Running;

/// <summary>The cells that ran so far and the one that runs: what can still be told when a cell takes the process down.</summary>
internal sealed class RunInProgress
{
    private readonly ShownPlaces places = new();
    private readonly List<(Cell Cell, CellOutputs Sink)> begun = [];
    private readonly Lock gate = new();

    public int Count => begun.Count;

    public Cell Current => begun[^1].Cell;

    /// <summary>Gives the next cell its number and a place for its outputs.</summary>
    public CellOutputs Begin(Cell cell)
    {
        lock (gate)
        {
            cell.ExecutionCount = begun.Count + 1;
            begun.Add((cell, new CellOutputs(begun.Count + 1, places)));
            return begun[^1].Sink;
        }
    }

    /// <summary>The running cell as the one that stopped the run, with the error among its outputs.</summary>
    public CellFailure? End(CellError error)
    {
        lock (gate)
        {
            if (begun.Count == 0) return null;
            begun[^1].Sink.Error(error);
            PutOutputs();
            return new CellFailure(Count, Current.Id, error, TimedOut: false, Abandoned: true);
        }
    }

    /// <summary>Puts the outputs into the cells. Called last: a background task of an early cell may write until the end.</summary>
    public void PutOutputs()
    {
        lock (gate)
            foreach (var (cell, sink) in begun)
            {
                cell.Outputs.Clear();
                foreach (var output in sink.All()) cell.Outputs.Add((JsonNode)output);
            }
    }
}
