using System.Diagnostics;
using FaLW.Interactive;
using FaLW.Kernel.Tests.Jupyter;

namespace FaLW.Tests.Notebooks;

/// <summary>.NET Interactive, the tool, in a process of its own, asked as a front end asks.</summary>
internal sealed class InteractiveKernel : IDisposable
{
    public const string Remedy = "Run 'environment/falw kernel install --engine interactive' where there is a network (226 MB).";

    private readonly Process process;
    private readonly Client client;

    /// <param name="home">What it computes is kept here.</param>
    public InteractiveKernel(TemporaryFolder home)
    {
        var program = InteractiveTool.Program();
        Assert.SkipWhen(program is null, $".NET Interactive {InteractiveTool.Version} is not on this machine. {Remedy}");
        var connection = Client.Describe();
        File.WriteAllText(home["connection.json"], connection.ToJsonString());
        string[] words = [.. InteractiveTool.CommandLine(program!).Select(word => word.Replace("{connection_file}", home["connection.json"], StringComparison.Ordinal))];
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = Path.Combine(Repository.Root, "notebooks"), RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in InteractiveTool.Environment) start.Environment[name] = value;
        foreach (var (name, value) in FaLW.Kernel.Commands.OwnProcess.Steadiness()) start.Environment[name] = value;
        start.Environment["FALW_CACHE"] = home["cache"];
        start.Environment.Remove(FaLW.Experiments.RecordShelf.Variable);
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        client = Client.WhenListening(() => new Client(connection) { Patience = TimeSpan.FromMinutes(10) }, () => process.WaitForExit(50), patience: 120_000);
    }

    /// <summary>Runs a cell, which must go through; returns its outputs as a notebook keeps them.</summary>
    public JsonArray Run(string code)
    {
        var (reply, published) = client.Execute(code);
        JsonArray outputs = [.. Outputs(published)];
        Assert.True(reply["status"]!.ToString() == "ok", $"{code}\n{outputs.ToJsonString()}");
        return outputs;
    }

    public void Dispose()
    {
        client.Dispose();
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static IEnumerable<JsonObject> Outputs(List<Received> published)
    {
        JsonObject? stream = null;
        foreach (var (type, _, content) in published)
        {
            if (type == "stream" && stream is not null && stream["name"]!.ToString() == content["name"]!.ToString())
            {
                stream["text"] = stream["text"]!.ToString() + content["text"];
                continue;
            }

            if (type is not ("stream" or "display_data" or "update_display_data" or "execute_result" or "error")) continue;
            var output = (JsonObject)content.DeepClone();
            output["output_type"] = type;
            stream = type == "stream" ? output : null;
            yield return output;
        }
    }
}
