using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>
        /// Between devices and element types. A parameter that is copied becomes a new object: build the optimizer afterwards.
        /// </content>
        public partial class Module
        {
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                _toEpilog(Real(dtype), InitializeDevice(device), non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                _toEpilog(null, InitializeDevice(new Device(deviceType, deviceIndex)), non_blocking);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                _toEpilog(Real(dtype), null, non_blocking);
                return this;
            }

            /// <summary>Moves children, then own parameters, then own buffers. What stays where it is stays the same object.</summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var module in children())
                {
                    if (device is null) module._to(dtype!.Value, non_blocking);
                    else if (dtype is null) module._to(device.type, device.index, non_blocking);
                    else module._to(device, dtype.Value, non_blocking);
                }
                foreach (var (own, parameter) in named_parameters(recurse: false).ToList())
                    if (ReplaceParameter(dtype, device, parameter, out var moved)) Put(own, parameter, moved);
                foreach (var (own, buffer) in named_buffers(recurse: false).ToList())
                    if (ReplaceBuffer(dtype, device, buffer, out var moved)) Put(own, buffer, moved);
            }

            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, [NotNullWhen(true)] out Tensor? result)
            {
                var type = Wanted(buffer, dtype);
                result = null;
                if (!IsElsewhere(buffer, type, device)) return false;
                result = buffer.to(type, device ?? buffer.device).DetachFromDisposeScope();
                return true;
            }

            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, [NotNullWhen(true)] out Parameter? p)
            {
                var type = Wanted(param, dtype);
                p = null;
                if (!IsElsewhere(param, type, device)) return false;
                var place = device ?? param.device;
                using var still = no_grad();
                p = new Parameter(param.to(type, place), param.requires_grad);
                p.DetachFromDisposeScope();
                using var gradient = param.grad;
                using var moved = gradient?.to(type, place);
                if (moved is not null) p.grad = moved;
                return true;
            }

            /// <summary>Only real numbers change their type: a counter stays a counter.</summary>
            private static ScalarType Wanted(Tensor tensor, ScalarType? dtype) =>
                dtype is not null && (tensor.is_floating_point() || tensor.is_complex()) ? dtype.Value : tensor.dtype;

            private static bool IsElsewhere(Tensor tensor, ScalarType type, Device? device) =>
                tensor.dtype != type ||
                (device is not null && (tensor.device_type != device.type ||
                    (device.type != DeviceType.CPU && device.index >= 0 && tensor.device_index != device.index)));

            private static ScalarType Real(ScalarType dtype) =>
                is_floating_point(dtype) || is_complex(dtype)
                    ? dtype
                    : throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got {dtype}.", nameof(dtype));

            /// <summary>Through the property of that name where there is one, else into the registry and the field.</summary>
            private void Put(string part, Tensor old, Tensor moved)
            {
                var property = GetType().GetProperties(OfInstances).FirstOrDefault(p => string.Equals(p.Name, part, StringComparison.Ordinal));
                if (property is { CanWrite: true } && property.PropertyType.IsInstanceOfType(moved))
                {
                    property.SetValue(this, moved);
                    return;
                }
                if (moved is Parameter) ConditionallyRegisterParameter(part, moved);
                else ConditionallyRegisterBuffer(part, moved, buffersByName[part].Persistent);
                Fields().FirstOrDefault(f => ReferenceEquals(f.GetValue(this), old))?.SetValue(this, moved);
                old.Dispose();
            }
        }
    }
}
