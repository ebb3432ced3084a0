return await AmoLtv.Sandbox.SandboxCommand.Create().Parse(args).InvokeAsync();
