namespace FaLW.Data;

/// <summary>A file that is there whole or not at all: written beside its place, then renamed, so that nobody reads half of it.</summary>
public static class WholeFile
{
    /// <summary>Writes a file, in place of an earlier one.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        using (var file = File.Create($"{path}.part")) write(file);
        File.Move($"{path}.part", path, overwrite: true);
    }

    /// <summary>Writes a text as UTF-8, in place of an earlier file.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="text">The text.</param>
    public static void Write(string path, string text) => Write(path, file => file.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
