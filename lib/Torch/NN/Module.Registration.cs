using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>How parts get into the tree.</content>
        public partial class Module
        {
            private const BindingFlags OfInstances = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

            private readonly OrderedDictionary<string, Parameter> parametersByName = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> buffersByName = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, Module> modulesByName = new(StringComparer.Ordinal);
            private bool registered;

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (!buffersByName.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Tensor {name} is already registered. Give each buffer of a module its own name.");
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (!parametersByName.TryAdd(name, param))
                    throw new InvalidOperationException($"Parameter {name} is already registered. Give each parameter of a module its own name.");
            }

            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a module after registering its own fields. A null or disposed one takes the name out.</summary>
            public virtual void register_module(string name, Module? submodule)
            {
                if (submodule is null || submodule.disposed)
                {
                    modulesByName.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("A module's name cannot be empty.", nameof(name));
                if (name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"A module's name cannot contain \".\", got {name}: the dot separates names on a path.", nameof(name));
                submodule.RegisterComponents();
                if (!modulesByName.TryAdd(name, submodule))
                    throw new InvalidOperationException($"Sub-module {name} is already registered. Give each module its own name.");
            }

            /// <summary>
            /// Registers the fields in reflection's order, those of the most derived class first: modules, parameters, and
            /// plain tensors as buffers. To be called once, at the end of a constructor.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (registered) return;
                foreach (var field in Fields())
                {
                    if (Knows(field.ComponentName())) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(field.ComponentName(), module); break;
                        case Parameter parameter: register_parameter(field.ComponentName(), parameter); break;
                        case Tensor tensor: register_buffer(field.ComponentName(), tensor); break;
                        default: break;
                    }
                }
                registered = true;
            }

            protected void ConditionallyRegisterParameter(string name, Tensor? value)
            {
                if (value is null) parametersByName.Remove(name);
                else parametersByName[name] = value as Parameter ?? new Parameter(value, requires_grad: true);
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) buffersByName.Remove(name);
                else buffersByName[name] = (value, persistent);
            }

            protected void ClearModules() => modulesByName.Clear();

            /// <summary>Takes a part of a list in, under a name that is a number.</summary>
            internal void Adopt(string name, Module module)
            {
                if (!modulesByName.TryAdd(name, module))
                    throw new InvalidOperationException($"Sub-module {name} is already registered. Give each module its own name.");
            }

            private bool Knows(string name) =>
                modulesByName.ContainsKey(name) || parametersByName.ContainsKey(name) || buffersByName.ContainsKey(name);

            private IEnumerable<FieldInfo> Fields()
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                for (var type = GetType(); type is not null && type != typeof(object); type = type.BaseType)
                    foreach (var field in type.GetFields(OfInstances))
                        if (seen.Add(field.Name)) yield return field;
            }
        }
    }
}
