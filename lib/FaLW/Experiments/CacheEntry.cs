namespace FaLW.Experiments;

/// <summary>A finished stage on disk, checked against its checksums.</summary>
/// <param name="Stage">What was asked for.</param>
/// <param name="Folder">Folder with the files the stage wrote; do not change them.</param>
/// <param name="Made">When, where and in how many seconds it was made; the same whenever it is read again.</param>
/// <param name="Reused">True when it was there before.</param>
public sealed record CacheEntry(Stage Stage, string Folder, Made Made, bool Reused)
{
    /// <summary>Path of one of its files.</summary>
    /// <param name="name">The name it was written under.</param>
    public string File(string name) => Path.Combine(Folder, name);
}
