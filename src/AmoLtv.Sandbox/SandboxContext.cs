using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.Cards;
using AmoLtv.Sandbox.Control;
using AmoLtv.Sandbox.Hooks;
using AmoLtv.Sandbox.OAuth;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox;

/// <summary>What the endpoints of one running sandbox share.</summary>
internal sealed record SandboxContext(SandboxOptions Options, SandboxState State, TokenLedger Tokens, RateGate Rates, Statistics Statistics, FaultPlan Faults, HookSender Hooks)
{
    /// <summary>How the CRM behaves now; tests change it while it runs.</summary>
    public SandboxOptions Options { get; set; } = Options;

    /// <summary>Addresses it listens on, known once it does.</summary>
    public IReadOnlyList<Uri> Addresses { get; set; } = [];

    /// <summary>The widget of the card page; null when no archive was given.</summary>
    public WidgetArchive? Widget { get; init; }

    /// <summary>What was saved with the widget, a JSON object; null: it is not installed.</summary>
    public string? WidgetSettings { get; set; } = "{}";

    /// <summary>The account's own address: what the install call names as <c>referer</c>.</summary>
    public Uri AccountAddress => State.Account.Host is { } host ? new Uri($"{Addresses[0].Scheme}://{host}") : Addresses[0];

    /// <summary>Does something to the state under its gate and puts the changes into the journal before anyone hears of them; hooks go out afterwards, in the background.</summary>
    public T Locked<T>(Func<T> work)
    {
        lock (State.Gate)
        {
            var result = work();
            State.Hooks?.Release();
            State.Journal?.Flush();
            return result;
        }
    }
}
