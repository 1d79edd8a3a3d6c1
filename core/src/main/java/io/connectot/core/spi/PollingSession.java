// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One connection to one endpoint, shared by the devices behind it.
 *
 * <p>The runtime calls {@link #connect} and {@link #read} from one thread at a time, though not
 * always the same one, with a happens-before edge between calls. {@link #close} may come from
 * another thread while a call is under way; it must make that call return soon.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public interface PollingSession<E, A> extends AutoCloseable {

  /**
   * Connects. Returns within the protocol's connect timeout.
   *
   * @throws ProtocolException when there is no connection; the runtime calls again after a back-off
   */
  void connect() throws ProtocolException;

  /**
   * Reads tags of one device, in the fewest requests the protocol allows.
   *
   * <p>A tag that cannot be read is a BAD measurement and never an exception. A device that does
   * not answer is an exception of scope {@link ProtocolException.Scope#DEVICE}: the connection (or
   * a new one that the session opens itself) stays usable for the other devices behind it. A lost
   * connection is one of scope {@link ProtocolException.Scope#CONNECTION}.
   *
   * @param points the points that are due, of this device, always the same list instance for the
   *     same group, so that a session may keep what it prepared for it
   * @return exactly one measurement a point, made with it, in the order of {@code points}
   */
  List<Measurement> read(Device<E> device, List<Point<A>> points) throws ProtocolException;

  /**
   * Attributes that the device itself reports, such as its vendor and version. All records of the
   * device have them from the scan on after which they are returned; an attribute of the
   * configuration replaces one of the same name. Called after each answered scan, on its thread;
   * the same instance as long as nothing changes.
   */
  default Map<String, String> attributes(Device<E> device) {
    return Map.of();
  }

  /**
   * What makes scans on this connection slow, as part of a sentence for an operator, e.g. a unit
   * that does not answer. Called after a scan, on its thread.
   */
  default Optional<String> delay() {
    return Optional.empty();
  }

  /** The endpoint in use at this moment, without credentials: the device's own, or its backup. */
  String currentEndpoint();

  /** Closes the connection. Idempotent, does not throw, may be called from any thread. */
  @Override
  void close();
}
