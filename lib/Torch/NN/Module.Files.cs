namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>
        /// The state in a file of TorchSharp's own format, which Python does not read. For exchange with Python use safetensors.
        /// </content>
        public partial class Module
        {
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var wanted = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                writer.Write7BitEncodedInt64(wanted.Count);
                foreach (var (key, tensor) in wanted)
                {
                    writer.Write(key);
                    TensorRecord.Write(writer, tensor);
                }
            }

            public virtual Module load(
                string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(
                Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Strict: as many entries as the module has, and each of them known.</summary>
            public virtual Module load(
                BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                var own = state_dict();
                var entries = reader.Read7BitEncodedInt64();
                if (strict && entries != own.Count)
                    throw new ArgumentException(FormattableString.Invariant(
                        $"Mismatched state_dict sizes: expected {own.Count}, but found {entries} entries. Load the state of the same network, or pass strict: false."));
                for (var i = 0L; i < entries; i++)
                {
                    var key = reader.ReadString();
                    var found = own.TryGetValue(key, out var tensor);
                    if (strict && !found)
                        throw new ArgumentException($"Mismatched module state names: the target module has no parameter or buffer named '{key}'.");
                    if (found && skip?.Contains(key) != true) TensorRecord.Read(reader, tensor!, key);
                    else TensorRecord.Read(reader).Dispose();
                    loadedParameters?.Add(key, found);
                }
                return this;
            }
        }
    }
}
