using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>Where and how a <see cref="Lab"/> works. Nothing in here changes a number.</summary>
public sealed record LabSettings
{
    /// <summary>"auto" (a GPU where there is one), "cpu" or "cuda".</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Folder of the cache.</summary>
    public string Cache { get; init; } = ExperimentCache.DefaultRoot;

    /// <summary>Where image sets are looked for; null takes the usual places.</summary>
    public DataShelf? Shelf { get; init; }

    /// <summary>Folder of the records of results, which answer before anything is computed; null uses none.</summary>
    public string? Records { get; init; } = RecordShelf.DefaultFolder;

    /// <summary>Threads of one tensor operation; null takes OMP_NUM_THREADS, else one per physical core.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Models of an ensemble that train at a time, each in a thread of its own; null takes 1. On a GPU all threads share one queue. Networks with
    /// dropout always train one after the other.
    /// </summary>
    public int? Replicas { get; init; }

    /// <summary>Compute every stage anew, once, and replace what is kept; records are not looked at.</summary>
    public bool Fresh { get; init; }

    /// <summary>
    /// Train Retrain a second time from another seed, once for every Retrain, and keep it with each result (<see cref="RunResult.Control"/>): what
    /// chance alone changes stands beside every distance. False saves that time, for searches and first looks.
    /// </summary>
    public bool Control { get; init; } = true;

    /// <summary>Told how the work goes on; may be null.</summary>
    public IProgress<LabProgress>? Progress { get; init; }
}
