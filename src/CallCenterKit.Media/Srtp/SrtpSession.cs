namespace CallCenterKit.Media.Srtp;

/// <summary>The encryption of one leg, both ways. On the leg's media thread.</summary>
internal sealed class SrtpSession : IDisposable
{
    private SrtpSession(SrtpSender sender, SrtpReceiver receiver)
    {
        Sender = sender;
        Receiver = receiver;
    }

    public SrtpSender Sender { get; private set; }

    public SrtpReceiver Receiver { get; private set; }

    /// <summary>
    /// What follows when offer and answer agreed again. A direction whose key stayed goes on where it was: its rollover
    /// counter is known to the other side only by counting along (RFC 3711 §3.3.1).
    /// </summary>
    /// <param name="present">Null while the leg is plain; not to be used afterwards.</param>
    /// <param name="agreed">Null for a plain leg.</param>
    public static SrtpSession? Follow(SrtpSession? present, SrtpParameters? agreed)
    {
        if (agreed is null)
        {
            present?.Dispose();
            return null;
        }

        if (present is null)
            return new SrtpSession(new SrtpSender(agreed.Local), new SrtpReceiver(agreed.Remote));
        present.ChangeKeys(agreed);
        return present;
    }

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }

    private void ChangeKeys(SrtpParameters agreed)
    {
        if (!Sender.Key.Equals(agreed.Local))
        {
            Sender.Dispose();
            Sender = new SrtpSender(agreed.Local);
        }

        if (!Receiver.Key.Equals(agreed.Remote))
        {
            Receiver.Dispose();
            Receiver = new SrtpReceiver(agreed.Remote);
        }
    }
}
