// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Reads of tags of Logix controllers, over the connections of the drivers eip and logix. */
package io.connectot.plc4x.adapter.cip;
