// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.cip;

import org.apache.plc4x.java.eip.readwrite.CIPDataTypeCode;

/**
 * What is written to one tag.
 *
 * @param type the type code
 * @param number what follows the type code: the number of elements, or the handle of a structure,
 *     whose number of elements begins the data
 * @param data the bytes behind it, an even number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CipWrite(CIPDataTypeCode type, int number, byte[] data) {}
