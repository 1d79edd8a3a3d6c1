// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.config.OpcUaConnectionConfig;
import io.connectot.opcua.config.OpcUaDevice;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions with the servers of one device line.
 *
 * <p>Several URLs are those of redundant servers (non-transparent redundancy, OPC UA Part 4
 * §6.6.2.4.2) or several addresses of one server: the one with the highest ServiceLevel is used,
 * the first of equals. Thread-safe.
 */
public final class DeviceSessions implements UaSessionFactory {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceSessions.class);

  private final SessionOpener opener;
  private final List<String> urls;
  private final int minServiceLevel;

  /** Opens nothing. */
  public DeviceSessions(Configuration config, OpcUaDevice device) {
    this.opener = new SessionOpener(config);
    this.urls = device.urls();
    this.minServiceLevel = config.get(OpcUaConnectionConfig.SERVICE_LEVEL_MIN);
  }

  /**
   * Opens a session and closes it.
   *
   * @throws ProtocolException saying what an operator has to do about it
   * @throws InterruptedException when the test is over
   */
  public static void testConnection(Configuration config, OpcUaDevice device)
      throws ProtocolException, InterruptedException {
    new DeviceSessions(config, device).open().close();
  }

  /**
   * What the first server of a device offers, over a connection of its own.
   *
   * @throws ProtocolException when it does not answer within the connect timeout
   * @throws InterruptedException when the thread is interrupted
   */
  public static List<EndpointDescription> endpoints(Configuration config, OpcUaDevice device)
      throws ProtocolException, InterruptedException {
    return EndpointDiscovery.endpoints(
        device.endpoint(), ConnectDeadline.in(config.get(OpcUaConnectionConfig.CONNECT_TIMEOUT)));
  }

  @Override
  public UaSession open() throws ProtocolException, InterruptedException {
    return urls.size() == 1 ? opener.open(urls.get(0)) : openBest();
  }

  private UaSession openBest() throws ProtocolException, InterruptedException {
    MiloSession best = null;
    ProtocolException failure = null;
    try {
      for (String url : urls) {
        try {
          MiloSession next = opener.open(url);
          if (best == null || next.serviceLevel() > best.serviceLevel()) {
            close(best);
            best = next;
          } else {
            next.close();
          }
        } catch (ProtocolException e) {
          LOG.info("{}", e.getMessage());
          failure = worse(failure, e);
        }
        if (best != null && best.serviceLevel() == ServerInfo.MAX_SERVICE_LEVEL) {
          break;
        }
      }
    } catch (InterruptedException | RuntimeException e) {
      close(best);
      throw e;
    }
    if (best == null) {
      throw failure;
    }
    // A server that is below the least level already is the best there is, until it gets worse.
    best.watchServiceLevel(Math.min(minServiceLevel, best.serviceLevel()));
    return best;
  }

  private static void close(MiloSession session) {
    if (session != null) {
      session.close();
    }
  }

  /** The configuration error, if there is one, else the first failure. */
  private static ProtocolException worse(ProtocolException first, ProtocolException next) {
    boolean known = first != null && first.kind() == ProtocolException.Kind.CONFIGURATION;
    if (first == null || (!known && next.kind() == ProtocolException.Kind.CONFIGURATION)) {
      return next;
    }
    return first;
  }
}
