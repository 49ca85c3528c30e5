using System.Globalization;

namespace CallCenterKit.Testing;

/// <summary>Binds the phone's contact at its registrar and keeps it bound (RFC 3261 §10). Under the phone's lock.</summary>
internal sealed class PhoneRegistration : IDisposable
{
    private readonly ScriptedPhone _phone;
    private readonly PhoneDialog _dialog;
    private readonly ITimer _refresh;
    private TimeSpan _asked;

    public PhoneRegistration(ScriptedPhone phone)
    {
        _phone = phone;
        _dialog = PhoneDialog.Outgoing(phone, $"sip:{phone.Domain}", $"<{phone.Address}>");
        _refresh = phone.Time.CreateTimer(static state => ((PhoneRegistration)state!).OnRefresh(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ScriptedRegistrationOutcome? Last { get; private set; }

    public Task<ScriptedRegistrationOutcome> Send(TimeSpan expires)
    {
        _asked = expires;
        _refresh.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var completion = new PhoneCompletion<ScriptedRegistrationOutcome>(_phone.Work);
        var message = _dialog.Request("REGISTER")
            .Add("Contact", $"<{_phone.Contact}>")
            .Add("Expires", ((int)expires.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        _phone.Ask(_dialog, message, new PhoneRequestHandlers(
            (_, response) => OnResponse(response, completion),
            () => Finish(new ScriptedRegistrationOutcome.TimedOut(), completion)));
        return completion.Task;
    }

    public void Dispose() => _refresh.Dispose();

    private void OnResponse(SipText response, PhoneCompletion<ScriptedRegistrationOutcome> completion)
    {
        if (response.Status < 200)
            return;
        if (response.Status >= 300)
        {
            Finish(new ScriptedRegistrationOutcome.Failed(response.Status, response.Reason), completion);
            return;
        }

        var granted = Granted(response);
        if (_phone.Options.RefreshRegistration && granted > TimeSpan.Zero)
            _refresh.Change(granted / 2, Timeout.InfiniteTimeSpan);
        Finish(new ScriptedRegistrationOutcome.Registered(granted), completion);
    }

    private void Finish(ScriptedRegistrationOutcome outcome, PhoneCompletion<ScriptedRegistrationOutcome> completion)
    {
        Last = outcome;
        completion.Complete(outcome);
    }

    // The registrar lists every binding of the address; ours says how long we may stay (RFC 3261 §10.3).
    private TimeSpan Granted(SipText response)
    {
        if (_asked == TimeSpan.Zero)
            return TimeSpan.Zero;
        var own = response.All("Contact").FirstOrDefault(contact => SipText.UriOf(contact).Contains(_phone.Contact["sip:".Length..], StringComparison.OrdinalIgnoreCase));
        var text = own is null ? "" : SipText.ParameterOf(own, "expires");
        if (text.Length == 0)
            text = response["Expires"];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : _asked;
    }

    private void OnRefresh()
    {
        lock (_phone.Gate)
            _ = Send(_asked);
    }
}
