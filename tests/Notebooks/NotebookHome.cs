namespace FaLW.Tests.Notebooks;

/// <summary>One cache for every run of every notebook, whatever the engine: most of them show the same study.</summary>
[CollectionDefinition]
public sealed class NotebookHome : ICollectionFixture<NotebookHome>, IDisposable
{
    internal TemporaryFolder Place { get; } = new();

    public void Dispose() => Place.Dispose();
}
