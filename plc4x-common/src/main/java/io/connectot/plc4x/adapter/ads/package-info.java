// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Reads of symbols of TwinCAT controllers, over the connections of the driver ads. */
package io.connectot.plc4x.adapter.ads;
