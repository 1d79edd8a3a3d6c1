// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.cip;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.plc4x.java.eip.readwrite.CIPData;
import org.apache.plc4x.java.eip.readwrite.CIPDataTypeCode;
import org.apache.plc4x.java.eip.readwrite.CipConnectedResponse;
import org.apache.plc4x.java.eip.readwrite.CipRRData;
import org.apache.plc4x.java.eip.readwrite.CipReadRequest;
import org.apache.plc4x.java.eip.readwrite.CipReadResponse;
import org.apache.plc4x.java.eip.readwrite.CipService;
import org.apache.plc4x.java.eip.readwrite.CipUnconnectedRequest;
import org.apache.plc4x.java.eip.readwrite.CipWriteRequest;
import org.apache.plc4x.java.eip.readwrite.CipWriteResponse;
import org.apache.plc4x.java.eip.readwrite.ConnectedDataItem;
import org.apache.plc4x.java.eip.readwrite.EipPacket;
import org.apache.plc4x.java.eip.readwrite.MultipleServiceRequest;
import org.apache.plc4x.java.eip.readwrite.MultipleServiceResponse;
import org.apache.plc4x.java.eip.readwrite.SendUnitData;
import org.apache.plc4x.java.eip.readwrite.Services;
import org.apache.plc4x.java.eip.readwrite.TypeId;
import org.apache.plc4x.java.eip.readwrite.UnConnectedDataItem;

/**
 * Completes requests and takes their replies, between the codec of the driver and its logic.
 *
 * <p>The logic of PLC4X 0.13.1 shortens indices above 255, splits the names of programs, asks for
 * one element of an array, knows no unsigned types, and stops for good at a reply that has an error
 * in place of a value. It does not count the messages of writes over a connection, so that a
 * controller takes the second for a repetition of the first and does not carry it out. Therefore
 * its requests name addresses by {@link CipAddress#standIn}, which are replaced here, messages are
 * counted here, and its logic gets harmless replies in place of the real ones.
 *
 * <p>The handler runs on the event loop of the connection; {@link #take} is called by the thread
 * that waited for the response of the driver.
 */
@SuppressWarnings("ReferenceEquality") // whether a message was replaced
public final class CipExchange extends ChannelDuplexHandler {
  private static final int SERVICE_HEADER = 4;

  /** A read reply with the value 0 of the type DINT. */
  private static final byte[] HARMLESS = {(byte) 0xCC, 0, 0, 0, (byte) 0xC4, 0, 0, 0, 0, 0};

  /** The replies since the last call of {@link #take}; guarded by this. */
  private List<CipReply> replies = new ArrayList<>();

  /** What is written; null while tags are read. Guarded by this. */
  private CipWrite write;

  /** The number of the last message over the connection; event loop. */
  private int sequence;

  /** The replies since the last call, in the order of the requests. */
  synchronized List<CipReply> take() {
    List<CipReply> taken = replies;
    replies = new ArrayList<>();
    write = null;
    return taken;
  }

  private synchronized void add(CipReply reply) {
    replies.add(reply);
  }

  /** Sets what the next request that writes has in place of the value of the driver. */
  synchronized void expect(CipWrite next) {
    replies = new ArrayList<>();
    write = next;
  }

  private synchronized CipWrite write() {
    return write;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the promise has the result
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    context.write(message instanceof EipPacket packet ? outgoing(packet) : message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    context.fireChannelRead(message instanceof EipPacket packet ? incoming(packet) : message);
  }

  private EipPacket outgoing(EipPacket packet) {
    if (packet instanceof SendUnitData data
        && data.getTypeIds().get(1) instanceof ConnectedDataItem item) {
      sequence = (sequence + 1) & 0xFFFF;
      return with(data, new ConnectedDataItem(sequence, outgoing(item.getService())));
    }
    if (packet instanceof CipRRData data
        && data.getTypeIds().get(1) instanceof UnConnectedDataItem item) {
      CipService service = outgoing(item.getService());
      return service == item.getService() ? packet : with(data, new UnConnectedDataItem(service));
    }
    return packet;
  }

  private CipService outgoing(CipService service) {
    if (service instanceof CipWriteRequest request) {
      CipAddress address = CipAddress.ofStandIn(request.getTag());
      CipWrite next = write();
      return address == null || next == null
          ? service
          : new CipWriteRequest(address.path(), next.type(), next.number(), next.data());
    }
    if (service instanceof CipReadRequest read) {
      CipAddress address = CipAddress.ofStandIn(read.getTag());
      return address == null ? service : new CipReadRequest(address.path(), address.count());
    }
    if (service instanceof CipUnconnectedRequest request) {
      CipService inner = outgoing(request.getUnconnectedService());
      return inner == request.getUnconnectedService()
          ? service
          : new CipUnconnectedRequest(
              request.getClassSegment(),
              request.getInstanceSegment(),
              inner,
              request.getBackPlane(),
              request.getSlot());
    }
    if (service instanceof MultipleServiceRequest request) {
      return outgoing(request);
    }
    return service;
  }

  private CipService outgoing(MultipleServiceRequest request) {
    List<CipService> services = new ArrayList<>();
    List<Integer> offsets = new ArrayList<>();
    int offset = 2 + 2 * request.getData().getServices().size();
    for (CipService inner : request.getData().getServices()) {
      CipService replaced = outgoing(inner);
      services.add(replaced);
      offsets.add(offset);
      offset += replaced.getLengthInBytes();
    }
    return new MultipleServiceRequest(new Services(offsets, services));
  }

  private EipPacket incoming(EipPacket packet) {
    if (packet instanceof SendUnitData data
        && data.getTypeIds().size() > 1
        && data.getTypeIds().get(1) instanceof ConnectedDataItem item) {
      CipService service = incoming(item.getService());
      return with(data, new ConnectedDataItem(item.getSequenceCount(), service));
    }
    if (packet instanceof CipRRData data
        && data.getTypeIds().size() > 1
        && data.getTypeIds().get(1) instanceof UnConnectedDataItem item) {
      return with(data, new UnConnectedDataItem(incoming(item.getService())));
    }
    return packet;
  }

  private CipService incoming(CipService service) {
    if (service instanceof CipReadResponse read) {
      boolean value = read.getStatus() == 0 && read.getData() != null;
      add(
          value
              ? new CipReply(0, read.getData().getDataType().getValue(), read.getData().getData())
              : CipReply.failed(read.getStatus()));
      return harmless();
    }
    if (service instanceof CipWriteResponse written) {
      add(new CipReply(written.getStatus(), 0, new byte[0]));
      return new CipWriteResponse((short) 0, (short) 0);
    }
    if (service instanceof CipConnectedResponse failed && failed.getStatus() != 0) {
      add(CipReply.failed(failed.getStatus()));
      return write() == null ? harmless() : new CipWriteResponse((short) 0, (short) 0);
    }
    if (service instanceof MultipleServiceResponse several) {
      return incoming(several);
    }
    return service;
  }

  private CipService incoming(MultipleServiceResponse several) {
    int count = several.getServiceNb();
    byte[] data = several.getServicesData();
    List<Integer> offsets = new ArrayList<>(count);
    ByteBuffer harmless = ByteBuffer.allocate(count * HARMLESS.length);
    for (int i = 0; i < count; i++) {
      int first = several.getOffsets().get(0);
      int from = several.getOffsets().get(i) - first;
      int to = i + 1 < count ? several.getOffsets().get(i + 1) - first : data.length;
      if ((data[from] & 0xFF) != (HARMLESS[0] & 0xFF)) {
        // Replies to writes.
        return several;
      }
      add(reply(Arrays.copyOfRange(data, from, to)));
      offsets.add(2 + 2 * count + i * HARMLESS.length);
      harmless.put(HARMLESS);
    }
    return new MultipleServiceResponse((short) 0, (short) 0, count, offsets, harmless.array());
  }

  /** Service, reserved, status, number of words of the extended status. */
  private static CipReply reply(byte[] service) {
    int status = service[2] & 0xFF;
    if (status != 0 || service.length < SERVICE_HEADER + 2) {
      return CipReply.failed(status == 0 ? 0x13 : status);
    }
    ByteBuffer data = ByteBuffer.wrap(service).order(ByteOrder.LITTLE_ENDIAN);
    int type = data.getShort(SERVICE_HEADER) & 0xFFFF;
    return new CipReply(0, type, Arrays.copyOfRange(service, SERVICE_HEADER + 2, service.length));
  }

  private static CipReadResponse harmless() {
    return new CipReadResponse(
        (short) 0, (short) 0, new CIPData(CIPDataTypeCode.DINT, new byte[4]));
  }

  private static SendUnitData with(SendUnitData packet, TypeId item) {
    return new SendUnitData(
        packet.getSessionHandle(),
        packet.getStatus(),
        packet.getSenderContext(),
        packet.getOptions(),
        packet.getTimeout(),
        List.of(packet.getTypeIds().get(0), item));
  }

  private static CipRRData with(CipRRData packet, TypeId item) {
    return new CipRRData(
        packet.getSessionHandle(),
        packet.getStatus(),
        packet.getSenderContext(),
        packet.getOptions(),
        packet.getInterfaceHandle(),
        packet.getTimeout(),
        List.of(packet.getTypeIds().get(0), item));
  }
}
