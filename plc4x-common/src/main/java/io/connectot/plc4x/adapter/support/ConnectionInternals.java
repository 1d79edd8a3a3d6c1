// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.support;

import io.netty.channel.socket.nio.NioSocketChannel;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.spi.connection.ChannelExposingConnection;
import org.apache.plc4x.java.spi.connection.DefaultNettyPlcConnection;
import org.apache.plc4x.java.spi.connection.NettyChannelFactory;

/** Reads state of PLC4X connections that their interface does not provide. */
public final class ConnectionInternals {
  private ConnectionInternals() {}

  /** The remote address of a TCP connection; null for other transports. */
  public static InetSocketAddress remoteTcpAddress(PlcConnection connection) {
    if (connection instanceof DefaultNettyPlcConnection
        && field(connection, DefaultNettyPlcConnection.class, "channelFactory")
            instanceof NettyChannelFactory factory
        && factory.getChannel() == NioSocketChannel.class
        && field(factory, NettyChannelFactory.class, "remoteAddress")
            instanceof InetSocketAddress address) {
      return address;
    }
    return null;
  }

  /** Whether a connection can be closed in an orderly way. */
  public static boolean isOpen(PlcConnection connection) {
    return !(connection instanceof ChannelExposingConnection netty) || netty.getChannel() != null;
  }

  /** The value of a field; null when there is no such field. */
  static Object field(Object object, Class<?> declaredBy, String name) {
    try {
      Field field = declaredBy.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(object);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
