using FaLW.Tests.House;

namespace FaLW.Tests.Models;

/// <summary>Files stored beside the tests.</summary>
internal static class Fixture
{
    public static string Of(string name) => Path.Combine(Repository.Root, "tests", "Models", "fixtures", name);
}

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("falw-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
