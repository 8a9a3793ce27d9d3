namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module of one argument. Override <see cref="forward"/>, use <see cref="call"/>.</summary>
        public abstract class Module<T, TResult> :
            HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T input);

            /// <summary>The forward pass between its hooks. A hook that returns a value replaces the input or the result.</summary>
            public TResult call(T input)
            {
                if (!Hooked) return forward(input);
                Announce(start: true);
                foreach (var hook in PreHooks) input = hook(this, input) ?? input;
                var result = forward(input);
                foreach (var hook in PostHooks) result = hook(this, input, result) ?? result;
                Announce(start: false);
                return result;
            }
        }

        /// <summary>A module of two arguments.</summary>
        public abstract class Module<T1, T2, TResult> :
            HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>,
            IModule<T1, T2, TResult>
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2)
            {
                if (!Hooked) return forward(input1, input2);
                Announce(start: true);
                foreach (var hook in PreHooks) (input1, input2) = hook(this, input1, input2) ?? (input1, input2);
                var result = forward(input1, input2);
                foreach (var hook in PostHooks) result = hook(this, input1, input2, result) ?? result;
                Announce(start: false);
                return result;
            }
        }

        /// <summary>A module of three arguments.</summary>
        public abstract class Module<T1, T2, T3, TResult> :
            HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>,
                Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>,
            IModule<T1, T2, T3, TResult>
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                if (!Hooked) return forward(input1, input2, input3);
                Announce(start: true);
                foreach (var hook in PreHooks)
                    (input1, input2, input3) = hook(this, input1, input2, input3) ?? (input1, input2, input3);
                var result = forward(input1, input2, input3);
                foreach (var hook in PostHooks) result = hook(this, input1, input2, input3, result) ?? result;
                Announce(start: false);
                return result;
            }
        }
    }
}
