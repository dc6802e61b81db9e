import type { MarketProperty } from "../market/market-types";

/** A property as `list-properties` answers it. */
export function listedProperty(property: MarketProperty) {
  return {
    PropertyId: property.propertyId,
    Address: property.address,
    City: property.city,
    StateCode: property.state,
    Zip: property.zip,
    MarketId: property.marketId,
    MarketName: property.marketName,
    Latitude: property.latitude,
    Longitude: property.longitude,
    PropertyTypeId: property.kind.id,
    PropertyType: property.kind.name,
    BuildingSize: property.buildingSf,
    LandAreaAC: property.landAcres,
    BuildingClass: property.buildingClass,
    YearBuilt: property.yearBuilt,
    Stories: property.stories,
    PercentLeased: property.percentLeased,
    IsOwnerOccupied: property.ownerOccupied,
    LastSoldDate: property.lastSold ? isoDate(property.lastSold.atMs) : null,
    LastSoldPrice: property.lastSold?.priceUsd ?? null,
    LoanMaturityDate: property.loan ? isoDate(property.loan.maturityMs) : null,
    TrueOwner: property.owner.name,
  };
}

/** `data` of the GraphQL operation ContactsDetail. */
export function contactsDetail(property: MarketProperty) {
  const { companyId, name, address, phoneNumbers, contacts } = property.owner;
  return {
    propertyDetail: {
      propertyDetailHeader: {
        propertyId: property.propertyId,
        addressHeader: `${property.address}, ${property.city}, ${property.state} ${property.zip}`,
        propertyType: property.kind.name,
        buildingSize: property.buildingSf,
        landSize: property.landAcres,
        yearBuilt: property.yearBuilt,
      },
    },
    propertyContactDetails_info: {
      trueOwner: { companyId, name, address, phoneNumbers, contacts },
    },
  };
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
