using System.Text.Json.Nodes;
using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Jupyter;

/// <summary>The control channel: stop and end, answered while a cell runs. Nothing here waits for the cell.</summary>
internal sealed class ControlLoop(Channels channels, Session session)
{
    /// <summary>Runs until the front end asks the kernel to end.</summary>
    public void Run(CancellationToken cancellation)
    {
        while (true)
        {
            var request = channels.NextControl(cancellation);
            channels.Publish(request, "status", new JsonObject { ["execution_state"] = "busy" });
            var content = Answer(request);
            if (request.Type is "shutdown_request") channels.Publish(request, "shutdown_reply", (JsonObject)content.DeepClone());
            channels.AnswerControl(request, content);
            channels.Publish(request, "status", new JsonObject { ["execution_state"] = "idle" });
            if (request.Type is "shutdown_request") return;
        }
    }

    /// <summary>The answer to a request to end.</summary>
    public static JsonObject ShutdownContent(Message request) => new() { ["status"] = "ok", ["restart"] = request.Flag("restart", otherwise: false) };

    private JsonObject Answer(Message request)
    {
        switch (request.Type)
        {
            case "interrupt_request": session.Interrupt(); return new JsonObject { ["status"] = "ok" };
            case "shutdown_request": return ShutdownContent(request);
            case "kernel_info_request": return KernelInfo.Content();
            default: return new JsonObject { ["status"] = "error", ["ename"] = "NotSupportedException", ["evalue"] = $"This kernel does not know '{request.Type}'.", ["traceback"] = new JsonArray() };
        }
    }
}
