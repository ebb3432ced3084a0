using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Hooks;

/// <summary>
/// Turns saved changes into bodies for subscriptions. Used under the state's gate: what one request changed goes out
/// together, a request for each action and entity; sending is the sender's and never keeps the API waiting.
/// </summary>
internal sealed class HookOutbox(SandboxState state, HookSender sender, Func<string> accountAddress)
{
    private readonly List<HookChange> _changes = [];
    private readonly List<(string Setting, Action<HookForm, HookBody> Write)> _others = [];

    public void Saved(CrmEntity? before, CrmEntity after)
    {
        if (HasListeners)
        {
            _changes.Add(new HookChange(before, after));
        }
    }

    /// <summary>A change of something that is no lead, contact or company.</summary>
    /// <param name="setting">The word of the subscription: add_task, note_lead, …</param>
    /// <param name="write">Writes all keys but the account's.</param>
    public void Happened(string setting, Action<HookForm, HookBody> write)
    {
        if (HasListeners)
        {
            _others.Add((setting, write));
        }
    }

    /// <summary>Hands the bodies of everything saved since the last call to the sender.</summary>
    public void Release()
    {
        if (_changes.Count + _others.Count == 0)
        {
            return;
        }

        var body = new HookBody(state, accountAddress());
        foreach (var setting in state.Webhooks.Where(hook => !hook.Disabled).SelectMany(hook => hook.Settings).Distinct(StringComparer.Ordinal))
        {
            Release(body, setting);
        }

        _changes.Clear();
        _others.Clear();
    }

    private bool HasListeners => state.Webhooks.Any(hook => !hook.Disabled);

    private void Release(HookBody body, string setting)
    {
        var (action, entity) = HookWords.Split(setting);
        if (entity is { } kind && _changes.FindAll(change => change.After.Kind == kind && change.IsA(action)) is { Count: > 0 } heard)
        {
            Send(setting, body.Of(action, kind, heard));
        }

        foreach (var (_, write) in _others.Where(other => other.Setting == setting))
        {
            var form = new HookForm();
            write(form, body);
            body.Account(form);
            Send(setting, form.ToBytes());
        }
    }

    private void Send(string setting, byte[] body)
    {
        foreach (var hook in state.Webhooks.Where(hook => !hook.Disabled && hook.Settings.Contains(setting)))
        {
            sender.Send(new HookDelivery(hook.Id, body, Attempt: 1, state.Clock.Now));
        }
    }
}
