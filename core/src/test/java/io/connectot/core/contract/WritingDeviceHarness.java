// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import java.util.List;

/** A device that a contract test writes to. */
public interface WritingDeviceHarness extends ContractDevice {

  /**
   * Connections stay up, and requests are received, but from now on nothing is answered. Whether
   * writes are carried out is up to the device.
   */
  void hang() throws Exception;

  /** It carries out the next write, and cuts the connection instead of an answer. */
  void cutNextWrite() throws Exception;

  /** It answers every write of this tag with an error from now on. */
  void refuse(String tag) throws Exception;

  /** The value of a tag. */
  long value(String tag) throws Exception;

  /** All values that were written to a tag and carried out so far, in order. */
  List<Long> written(String tag) throws Exception;
}
