namespace FaLW.Experiments;

/// <summary>What kind of news a <see cref="LabProgress"/> is.</summary>
public enum LabEvent
{
    /// <summary>A stage begins to be computed.</summary>
    Started,

    /// <summary>A stage is partly done.</summary>
    Advanced,

    /// <summary>A stage was computed and kept.</summary>
    Finished,

    /// <summary>A stage was there already.</summary>
    Reused,

    /// <summary>A sentence worth reading: a damaged entry, a wait for another process, results that come from records.</summary>
    Notice,
}

/// <summary>News from a <see cref="Lab"/> at work.</summary>
/// <param name="Event">What kind of news.</param>
/// <param name="Text">The stage in words ("Original, seed 0"), or the sentence of a notice.</param>
public sealed record LabProgress(LabEvent Event, string Text)
{
    /// <summary>Position of the stage in the whole job, from 1.</summary>
    public int Stage { get; init; }

    /// <summary>Number of distinct stages of the whole job.</summary>
    public int Stages { get; init; }

    /// <summary>How much of the stage is done, 0 to 1.</summary>
    public double Fraction { get; init; }

    /// <summary>Seconds the stage took when it was computed; 0 until it is finished.</summary>
    public double Seconds { get; init; }

    /// <summary>Work done so far in this job, in rough units; stages kept from before do not count.</summary>
    public double WorkDone { get; init; }

    /// <summary>Work left in this job, in the same units.</summary>
    public double WorkLeft { get; init; }

    /// <summary>Where and when the stage was computed; null until it is there.</summary>
    public Provenance? Origin { get; init; }

    /// <summary>Of a notice: whether it is the same whenever the same is asked of the same files, so that it may stand in a committed notebook.</summary>
    public bool IsSteady { get; init; }
}
