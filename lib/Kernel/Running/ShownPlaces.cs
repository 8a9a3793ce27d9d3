using System.Text.Json.Nodes;
using FaLW.Kernel.Rendering;

namespace FaLW.Kernel.Running;

/// <summary>Which output was shown under which name, so that a later cell can change it.</summary>
internal sealed class ShownPlaces
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JsonObject> outputs = new(StringComparer.Ordinal);

    public void Remember(string displayId, JsonObject output)
    {
        lock (gate) outputs[displayId] = output;
    }

    public void Update(string displayId, MimeBundle bundle)
    {
        lock (gate)
        {
            if (!outputs.TryGetValue(displayId, out var output)) return;
            output["data"] = bundle.Data.DeepClone();
            output["metadata"] = bundle.Metadata.DeepClone();
        }
    }
}
