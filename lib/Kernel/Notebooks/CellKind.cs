namespace FaLW.Kernel.Notebooks;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Code to be executed.</summary>
    Code,

    /// <summary>Prose.</summary>
    Markdown,

    /// <summary>Text that nobody interprets.</summary>
    Raw,
}
