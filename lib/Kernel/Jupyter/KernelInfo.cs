using System.Text.Json.Nodes;
using FaLW.Kernel.Notebooks;

namespace FaLW.Kernel.Jupyter;

/// <summary>What the kernel says of itself.</summary>
internal static class KernelInfo
{
    public static JsonObject Content()
    {
        var version = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);
        var language = NotebookMetadata.LanguageInfo();
        language["version"] = "14.0";
        language["codemirror_mode"] = "text/x-csharp";
        return new JsonObject
        {
            ["status"] = "ok",
            ["protocol_version"] = MessageCodec.ProtocolVersion,
            ["implementation"] = "FaLW.Kernel",
            ["implementation_version"] = version,
            ["language_info"] = language,
            ["banner"] = $"C# 14 on .NET {Environment.Version.ToString(2)}, FaLW.Kernel {version}",
            ["help_links"] = new JsonArray(new JsonObject { ["text"] = "C# language", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" }),
            ["debugger"] = false,
            ["supported_features"] = new JsonArray(),
        };
    }
}
