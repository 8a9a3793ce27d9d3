namespace FaLW.Tests.Shared;

/// <summary>A folder for one test, gone after it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("falw-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Tests that write into a folder of their own.</summary>
public abstract class InFolder : IDisposable
{
    private protected readonly TemporaryFolder home = new();

    public void Dispose()
    {
        home.Dispose();
        GC.SuppressFinalize(this);
    }
}
