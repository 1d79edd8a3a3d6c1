// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import io.connectot.core.contract.ContractDevice;
import io.connectot.plc4x.testing.TcpPeer.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** A device of a contract test that a peer of this project plays. */
public abstract class PeerDevice implements ContractDevice {
  private final TcpPeer peer;
  private final String url;
  private final Map<String, String> keys;

  /**
   * Takes over a peer, and unplugs it until {@link #start}.
   *
   * @param keys of the connector in addition to device and tags
   */
  protected PeerDevice(TcpPeer peer, String url, Map<String, String> keys) throws Exception {
    this.peer = peer;
    this.url = url;
    this.keys = keys;
    peer.unplug();
  }

  /** The address of a tag. */
  protected abstract String address(String tag);

  @Override
  public final Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>(keys);
    props.put("devices." + DEVICE, url);
    TAGS.forEach(tag -> props.put("tags." + tag, address(tag)));
    return props;
  }

  @Override
  public final void start() throws Exception {
    peer.set(Fault.NONE);
    peer.plug();
  }

  @Override
  public final void stop() throws Exception {
    peer.unplug();
  }

  public final void hang() {
    peer.set(Fault.SILENT);
  }

  public final void cutNextWrite() {
    peer.setNext(Fault.CLOSES);
  }

  public final OptionalInt connections() {
    return OptionalInt.of(peer.open());
  }

  @Override
  public final void dispose() throws Exception {
    peer.close();
  }
}
